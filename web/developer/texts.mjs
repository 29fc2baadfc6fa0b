// Texts of the view "Developer", in English and Chinese.

/** The current order, as code and signed. */
const request = {
  SAMPLE: ["The current order as code", "当前订单的代码"],
  SAMPLE_HINT: [
    "The code reads its credentials from the environment, and buys when it runs.",
    "代码从环境变量读取访问凭证，运行后即会购买。",
  ],
  LANGUAGE: ["Language", "语言"],
  PACKAGE: ["JavaScript, our package", "JavaScript（本项目的 npm 包）"],
  CLI: ["Alibaba Cloud CLI", "阿里云 CLI"],
  INCOMPLETE: ["By the rules of the API, this request is not valid yet:", "按照接口规则，该请求尚有问题："],
  STAGES: ["Signature", "签名"],
  STAGES_HINT: [
    "Signed with the example credentials EXAMPLE-KEY-ID and EXAMPLE-KEY-SECRET, and with the current date and a new nonce. The cloud refuses this signature: the proxy signs with its own credentials.",
    "使用示例凭证 EXAMPLE-KEY-ID 与 EXAMPLE-KEY-SECRET，以及当前的日期与随机数。云服务会拒绝此签名：代理服务器使用其自己的凭证签名。",
  ],
  CANONICAL: ["Canonical request", "规范化请求"],
  STRING_TO_SIGN: ["String to sign", "待签名字符串"],
  COPY: ["Copy", "复制"],
  COPIED: ["Copied", "已复制"],
  COPY_FAILED: [
    "The browser did not allow copying. Select the text and copy it.",
    "浏览器不允许复制，请选中文本后手动复制。",
  ],
  NOT_STARTED: [
    "The WebAssembly of this part could not be loaded. Reload the page; current versions of all browsers run it.",
    "无法加载此部分的 WebAssembly。请刷新页面，或使用新版浏览器。",
  ],
};

/** The check of a signature. */
const check = {
  CHECK: ["Why does my signature not match?", "签名为什么不匹配？"],
  CHECK_HINT: [
    "Paste a request that the cloud refused, and enter the credentials that it was signed with. Everything stays in this browser; nothing is sent or stored.",
    "粘贴被云服务拒绝的请求，并填写签名所用的凭证。所有内容仅保留在此浏览器中，不会发送或保存。",
  ],
  PASTED: ["Signed request", "已签名的请求"],
  PASTED_HINT: [
    "As raw HTTP (POST /path HTTP/1.1, headers, an empty line, the body), as a curl command, or as a SignedRequest in JSON.",
    "可为原始 HTTP（POST /path HTTP/1.1、请求头、空行、请求体）、curl 命令，或 JSON 格式的 SignedRequest。",
  ],
  KEY_ID: ["AccessKey ID", "AccessKey ID（访问密钥 ID）"],
  SECRET: ["AccessKey secret", "AccessKey Secret（访问密钥）"],
  SECRET_HINT: ["Forgotten as soon as you leave this view.", "离开此视图后立即清除。"],
  TOKEN: ["STS token, if there is one", "STS Token（如有）"],
  VERIFY: ["Check the signature", "检查签名"],
  VALID: ["The signature matches", "签名匹配"],
  VALID_NEXT: [
    "The request is signed with these credentials. If the cloud still refuses it, its date is more than 15 minutes away, its nonce was used before, or the key is not active.",
    "该请求由这些凭证签名。如云服务仍然拒绝，可能是日期相差超过 15 分钟、随机数已被使用，或 AccessKey 未启用。",
  ],
  NOT_VALID: ["The signature does not match", "签名不匹配"],
  NOT_READ: ["The request could not be read", "无法读取请求"],
  COMPUTED: [
    "Computed here from the request. Compare it with the text that your program signs: the first difference is the error.",
    "根据该请求在此处计算的结果。请与您的程序所签名的内容比较：第一处不同即为错误所在。",
  ],
};

/** The reasons of `verifyRequest`. */
const reasons = {
  "authorization-missing": [
    "The header Authorization is missing. The request is not signed, or an intermediary removed the header.",
    "没有 Authorization 请求头：请求未签名，或该请求头在途中被移除。",
  ],
  "authorization-malformed": [
    "The header Authorization has neither the form “ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…” nor “acs ID:signature”.",
    "Authorization 请求头的格式既不是“ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…”，也不是“acs ID:签名”。",
  ],
  "algorithm-not-supported": [
    "This algorithm cannot be checked here. Supported are ACS3-HMAC-SHA256 and, for ROA, HMAC-SHA1.",
    "此处无法检查该算法，仅支持 ACS3-HMAC-SHA256 以及 ROA 的 HMAC-SHA1。",
  ],
  "access-key-differs": [
    "The request names another AccessKey ID than the one entered here. Use an AccessKey ID and secret that belong together.",
    "请求中的 AccessKey ID 与此处填写的不同，请使用配套的密钥。",
  ],
  "security-token-differs": [
    "The header x-acs-security-token is missing or holds another token. The three parts of an STS credential belong together.",
    "x-acs-security-token 请求头缺失或 Token 不同。STS 凭证的三个部分必须配套。",
  ],
  "header-not-signed": [
    "A header that must be signed is not in SignedHeaders: host, content-type and every x-acs-* header belong there, in lowercase.",
    "有必须签名的请求头不在 SignedHeaders 中：host、content-type 以及所有 x-acs-* 请求头都应以小写列入。",
  ],
  "header-missing": [
    "SignedHeaders names a header that is not in the request. An intermediary removed it, or it was not pasted.",
    "SignedHeaders 中的某个请求头不在请求中：可能在途中被移除，或未被粘贴。",
  ],
  "content-hash-differs": [
    "The header x-acs-content-sha256 is not the hash of this body. The body was changed after signing, such as by another JSON library, another encoding or a line break at its end.",
    "x-acs-content-sha256 请求头不是该请求体的哈希。请求体在签名后被修改，例如因其他 JSON 库、编码不同或末尾的换行。",
  ],
  "content-md5-differs": [
    "The header content-md5 is not that of this body. The body was changed after signing.",
    "content-md5 请求头与该请求体不符，请求体在签名后被修改。",
  ],
  "signature-differs": [
    "Everything is in place, but the signature differs: the secret is wrong, or your program signs another text than the one below.",
    "各部分齐全，但签名不同：密钥不正确，或您的程序所签名的文本与下方不同。",
  ],
};

/** Errors of the pasted text; `{detail}` is a line's number or an option. */
const faults = {
  KEYS_MISSING: ["Enter the AccessKey ID and the secret.", "请填写 AccessKey ID 与 Secret。"],
  EMPTY: ["Paste a signed request first.", "请先粘贴已签名的请求。"],
  NOT_JSON: ["This is not valid JSON: look for a missing bracket or quote.", "内容以 JSON 开头但不是有效的 JSON，请检查括号与引号。"],
  NOT_SIGNED_REQUEST: [
    "The JSON is not a SignedRequest: it needs method, url, headers as a list of [name, value], and body.",
    "该 JSON 不是 SignedRequest：需要 method、url、[名称, 值] 列表形式的 headers 以及 body。",
  ],
  REQUEST_LINE: [
    "The first line is neither a request line such as “POST /openapi/ha3/instances HTTP/1.1” nor a curl command.",
    "第一行既不是“POST /openapi/ha3/instances HTTP/1.1”这样的请求行，也不是 curl 命令。",
  ],
  HEADER_LINE: [
    "Line {detail} is not a header such as “x-acs-version: 2021-10-25”. An empty line ends the headers.",
    "第 {detail} 行不是“x-acs-version: 2021-10-25”这样的请求头。请求头以空行结束。",
  ],
  ADDRESS: ["The address begins neither with / nor with https://.", "地址既不以 / 开头，也不以 https:// 开头。"],
  CURL_QUOTE: ["A quote is opened in the curl command, and not closed.", "curl 命令中的引号未闭合。"],
  CURL_VARIABLE: [
    "The curl command contains a shell variable or command. Replace it with its value.",
    "curl 命令中含有 shell 变量或命令，请替换为实际内容。",
  ],
  CURL_FILE: ["The curl command reads a file. Replace it with the content of the file.", "curl 命令读取文件，请替换为文件内容。"],
  CURL_HEADER: ["A -H of the curl command is not “name: value”.", "curl 命令中的 -H 不是“名称: 值”格式。"],
  CURL_VALUE: ["The curl command ends after {detail}.", "curl 命令在 {detail} 之后结束。"],
  CURL_OPTION: ["The curl option {detail} is not supported here. Remove it if it does not change the request.", "此处不支持 curl 选项 {detail}，如不影响发送内容，请将其删除。"],
  CURL_ADDRESS: ["The curl command has no address.", "curl 命令中没有地址。"],
  REFUSED: ["It contains something that no request can have: {detail}", "其中含有请求不允许的内容：{detail}"],
};

/** Every text by its name. */
export const texts = { ...request, ...check, ...reasons, ...faults };
