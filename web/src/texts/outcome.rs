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
    SEND_AGAIN: "Send this order again", "重新提交此订单";
    RETRY_SAME_KEY: "Sent once more, the order keeps its key and is bought once at most.", "再次提交时沿用原幂等键，最多购买一次。";
    RETRY_NEW_KEY: "The next attempt is an order of its own: the form gives it a new key.", "重试将作为新的订单提交，表单会自动使用新的幂等键。";
    RETRY_NO: "Do not send this order again as it is.", "请勿原样再次提交此订单。";
    AGAIN_IN: "Send again in {seconds} s", "{seconds} 秒后可重新提交";

    UNKNOWN: "It may have been bought", "可能已经购买";
    UNKNOWN_LEAD: "No clear answer came back, so nobody knows yet whether the order went through. This page finds out; do not order again meanwhile.",
        "未收到明确的答复，尚不能确定订单是否成功。本页面正在查询结果，在此期间请勿再次下单。";
    BEING_CHECKED: "What is being checked", "正在查询";
    LOOKED_FOR: "The proxy looks for an instance with the tag of this order. As soon as it knows, this page shows it. You can reload or come back later: the order is remembered.",
        "代理服务器正在查找带有此订单标签的实例，得到结果后本页面会立即显示。您可以刷新或稍后再来，订单已被记录。";
    UNSETTLED: "The proxy has looked for a long time and found no instance. Look for the order in the billing centre; whoever runs the proxy then settles it, and this page shows how.",
        "代理服务器长时间查找后未找到实例。请在费用中心查找该订单，由代理服务器管理员处理后，本页面会显示结果。";
    PROXY_AWAY: "The proxy does not answer at the moment. The page keeps asking; nothing is sent a second time.",
        "代理服务器暂时没有响应。页面会继续查询，不会重复提交。";
    LEAVE_TITLE: "If the proxy stays away", "如果代理服务器一直没有响应";
    LEAVE_HINT: "Check first, in the Alibaba Cloud console: the list of Havenask instances, and the orders in the billing centre. An instance of this order has the tag havenask-purchase with the key below.",
        "请先在阿里云控制台查看 Havenask 实例列表以及费用中心的订单。此订单的实例带有标签 havenask-purchase，其值为下方的订单标识（幂等键）。";
    LEAVE_CHECKED: "I have checked both.", "我已查看以上两处。";
    LEAVE: "Leave this order", "离开此订单";
    LEFT: "The order was left. Sent once more as it is, it still is bought once at most.", "已离开该订单。原样再次提交时，仍最多购买一次。";
    OFFLINE: "You are offline. The page goes on asking when the network is back; nothing is sent a second time.",
        "您已离线。网络恢复后页面会继续查询，不会重复提交。";
    ORDER_KEY: "Key of this order", "订单标识（幂等键）";
    LOOK: "Show the newest instances", "显示最新的实例";
    LOOKING: "Asking…", "正在查询…";
    NEWEST: "Newest instances", "最新的实例";
    NO_INSTANCES: "There are no instances. If the order went through, it can take a minute until the instance shows.",
        "没有实例。如果订单已成功，实例可能需要一分钟才会出现。";
    LOOK_FAILED: "The list cannot be read: {why}", "无法读取列表：{why}";
    CREATED_AT: "Created", "创建时间";
    STATUS: "Status", "状态";
}
