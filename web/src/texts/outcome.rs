//! Texts of the outcome.

super::texts! {
    CREATED: "Purchase complete", "购买成功";
    CREATED_LEAD: "Alibaba Cloud has accepted the order. Keep both IDs: support asks for them.",
        "阿里云已受理订单。请保存以下两个 ID，以便联系技术支持。";
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
    WAIT_CONFIG: "Configure the instance in the Alibaba Cloud console.",
        "实例正在等待您在阿里云控制台完成配置。";
    STATUS_UNREADABLE: "The status cannot be read at the moment; the page keeps trying. The purchase is not affected.",
        "暂时无法读取状态，页面将继续查询。购买不受影响。";
    USUALLY_READY: "Usually ready after about {time}.", "通常约 {time}后就绪。";
    MAY_CLOSE: "You can close this page; setup continues without it.", "您可以关闭此页面，实例会继续创建。";
    NOTIFY: "Notify me when it is ready", "就绪时通知我";
    NOTIFIED: "The browser notifies you when the instance is ready, as long as this page stays open.",
        "请保持此页面打开，实例就绪后浏览器会通知您。";
    NOTIFY_DENIED: "The browser does not permit notifications. Allow them in its settings for this site, unless this page is a part of another site. The title of the page tells when the instance is ready.",
        "浏览器不允许通知。请在浏览器的网站设置中允许通知（嵌入其他网站时无法通知）。实例就绪后页面标题会有提示。";
    NOTIFY_MISSING: "The browser has no notifications for this page: it must be loaded with HTTPS. The title of the page tells when the instance is ready.",
        "浏览器无法为此页面提供通知：页面须通过 HTTPS 加载。实例就绪后页面标题会有提示。";
    READY: "The instance is ready", "实例已就绪";

    REFUSED: "The order was refused", "订单被拒绝";
    REFUSED_LEAD: "Nothing was bought. Your entries are kept.", "未产生扣费，您填写的内容仍然保留。";
    NOT_BOUGHT: "Nothing was bought.", "未产生扣费。";
    WHAT_HAPPENED: "What happened", "发生了什么";
    WHAT_TO_DO: "What to do", "如何处理";
    ERROR_CODE: "Error code", "错误码";
    HTTP_STATUS: "HTTP status", "HTTP 状态";
    DIAGNOSIS: "Diagnosis by Alibaba Cloud (new tab)", "阿里云诊断（新标签页）";
    TRY_AGAIN: "Review and try again", "重新核对并重试";
    SEND_AGAIN: "Send this order again", "重新提交此订单";
    RETRY_SAME_KEY: "The order keeps its idempotency key and is bought once at most.", "再次提交时沿用原幂等键，最多购买一次。";
    RETRY_NEW_KEY: "The next attempt is a new order with a new idempotency key.", "重试将作为新的订单提交，表单会自动使用新的幂等键。";
    RETRY_NO: "Do not send this order again unchanged.", "请勿原样再次提交此订单。";
    AGAIN_IN: "Send again in {seconds} s", "{seconds} 秒后可重新提交";

    UNKNOWN: "It may have been bought", "可能已经购买";
    UNKNOWN_LEAD: "The response does not tell whether the order went through. This page finds out; do not order again meanwhile.",
        "未收到明确的答复，尚不能确定订单是否成功。本页面正在查询结果，在此期间请勿再次下单。";
    BEING_CHECKED: "Looking for the instance", "正在查询";
    LOOKED_FOR: "The proxy looks for an instance with the tag of this order. As soon as it knows, this page shows it. You can reload or come back later: the order is remembered.",
        "代理服务器正在查找带有此订单标签的实例，得到结果后本页面会立即显示。您可以刷新或稍后再来，订单已被记录。";
    UNRESOLVED: "The proxy has looked for a long time and found no instance. Look for the order in the billing centre; the operator of the proxy then resolves it, and this page shows the result.",
        "代理服务器长时间查找后未找到实例。请在费用中心查找该订单，由代理服务器管理员处理后，本页面会显示结果。";
    PROXY_AWAY: "The proxy does not respond at the moment. The page keeps trying; nothing is sent a second time.",
        "代理服务器暂时没有响应。页面会继续查询，不会重复提交。";
    LEAVE_TITLE: "If the proxy does not respond", "如果代理服务器一直没有响应";
    LEAVE_HINT: "Check first, in the Alibaba Cloud console: the list of Havenask instances, and the orders in the billing centre. An instance of this order has the tag havenask-purchase with the idempotency key below.",
        "请先在阿里云控制台查看 Havenask 实例列表以及费用中心的订单。此订单的实例带有标签 havenask-purchase，其值为下方的订单标识（幂等键）。";
    LEAVE_CHECKED: "I have checked both.", "我已查看以上两处。";
    LEAVE: "Leave this order", "离开此订单";
    LEFT: "You have left the order. If the same order is sent again, it is still bought once at most.", "已离开该订单。原样再次提交时，仍最多购买一次。";
    OFFLINE: "You are offline. The page goes on when the network is back; nothing is sent a second time.",
        "您已离线。网络恢复后页面会继续查询，不会重复提交。";
    ORDER_KEY: "Idempotency key of this order", "订单标识（幂等键）";
    SHOW_RECENT: "Show the most recent instances", "显示最近创建的实例";
    LOADING: "Loading…", "正在查询…";
    RECENT: "Most recent instances", "最近创建的实例";
    NO_INSTANCES: "There are no instances. If the order went through, it can take a minute until the instance shows.",
        "没有实例。如果订单已成功，实例可能需要一分钟才会出现。";
    RECENT_FAILED: "The list cannot be read: {why}", "无法读取列表：{why}";
    CREATED_AT: "Created", "创建时间";
    STATUS: "Status", "状态";
}
