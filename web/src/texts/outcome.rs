//! What the page says after a purchase.

super::texts! {
    CREATED: "The instance is bought", "实例购买成功";
    CREATED_LEAD: "Alibaba Cloud has accepted the order. Keep both numbers: support asks for them.",
        "阿里云已受理订单。请保存以下两个编号，以便联系技术支持。";
    INSTANCE_ID: "Instance ID", "实例 ID";
    REQUEST_ID: "Request ID", "请求 ID";
    COPY: "Copy", "复制";
    COPY_WHAT: "Copy: {what}", "复制：{what}";
    COPIED: "Copied", "已复制";
    COPY_FAILED: "Copying is not possible here. Select the text and copy it.", "无法复制，请选中文本后手动复制。";
    ANOTHER: "Buy another instance", "再购买一个实例";

    PROGRESS: "Setting up", "创建进度";
    ELAPSED: "Elapsed", "已用时间";
    STEP_INIT: "Order accepted", "订单已受理";
    STEP_CONFIG: "Configuration being applied", "正在应用配置";
    STEP_READY: "Ready to use", "可以使用";
    STEP_DONE: "done", "已完成";
    STEP_NOW: "now", "进行中";
    STEP_LATER: "to come", "待进行";
    STATUS_IS: "Status: {status}", "状态：{status}";
    WAIT_CONFIG: "The instance waits for you to configure it in the Alibaba Cloud console.",
        "实例正在等待您在阿里云控制台完成配置。";
    STATUS_UNREADABLE: "The status cannot be read at the moment; the page keeps asking. The purchase is not affected.",
        "暂时无法读取状态，页面将继续查询。购买不受影响。";
    MAY_CLOSE: "You can close this page; the instance gets ready without it.", "您可以关闭此页面，实例会继续创建。";
    READY: "The instance is ready", "实例已就绪";

    REFUSED: "The order was refused", "订单被拒绝";
    REFUSED_LEAD: "Nothing was bought. What you filled in is still there.", "未购买任何内容，您填写的内容仍然保留。";
    WHAT_HAPPENED: "What happened", "发生了什么";
    WHAT_TO_DO: "What to do", "如何处理";
    ERROR_CODE: "Error code", "错误码";
    HTTP_STATUS: "HTTP status", "HTTP 状态";
    DIAGNOSIS: "Diagnosis by Alibaba Cloud (new tab)", "阿里云诊断（新标签页）";
    TRY_AGAIN: "Review and try again", "重新核对并重试";

    UNKNOWN: "It may have been bought", "可能已经购买";
    UNKNOWN_LEAD: "No clear answer came back, so nobody knows yet whether the order went through. Do not order again before you have looked at the instances.",
        "未收到明确的答复，尚不能确定订单是否成功。在查看实例列表之前请勿再次下单。";
    ORDER_KEY: "Key of this order", "此订单的键";
    LOOK: "Show the newest instances", "显示最新的实例";
    LOOKING: "Asking…", "正在查询…";
    NEWEST: "Newest instances", "最新的实例";
    NO_INSTANCES: "There are no instances. If the order went through, it can take a minute until the instance shows.",
        "没有实例。如果订单已成功，实例可能需要一分钟才会出现。";
    LOOK_FAILED: "The list cannot be read: {why}", "无法读取列表：{why}";
    CREATED_AT: "Created", "创建时间";
    STATUS: "Status", "状态";
}
