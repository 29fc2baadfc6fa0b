//! Go, with the official SDK.

use super::{
    dialect::{Case, Dialect},
    template::Template,
};

const DIALECT: Dialect = Dialect {
    case: Case::Pascal,
    indent: "\t",
    field: ["request.Set@(", ")\n"],
    inner: [".Set@(", ")"],
    comma: "",
    part: ["new(searchengine.CreateInstanceRequest@)", ""],
    list: ["[]*searchengine.CreateInstanceRequest@{", "}"],
    trailing: true,
    truth: ["false", "true"],
    number: "",
};

pub(super) const TEMPLATE: Template = Template {
    dialect: Some(&DIALECT),
    text: r#"// Save this as main.go in a folder of its own: go mod init sample && go mod tidy && go run .
// «warning»
package main

import (
	"errors"
	"fmt"
	"log"
	"os"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	searchengine "github.com/alibabacloud-go/searchengine-20211025/v4/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

func main() {
	client, err := searchengine.NewClient(&openapi.Config{
		AccessKeyId:     tea.String(os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID")),
		AccessKeySecret: tea.String(os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET")),
		SecurityToken:   tea.String(os.Getenv("ALIBABA_CLOUD_SECURITY_TOKEN")),
		Endpoint:        tea.String("«host»"),
		Protocol:        tea.String("«scheme»"),
	})
	if err != nil {
		log.Fatal(err)
	}
	request := new(searchengine.CreateInstanceRequest)
«request»	runtime := &dara.RuntimeOptions{Autoretry: tea.Bool(false)}
	answer, err := client.CreateInstanceWithOptions(request, map[string]*string{}, runtime)
	var refused *tea.SDKError
	if errors.As(err, &refused) {
		// The message ends with the request id.
		log.Fatalf("%s: %s", tea.StringValue(refused.Code), tea.StringValue(refused.Message))
	} else if err != nil {
		log.Fatal(err)
	}
	fmt.Println(tea.StringValue(answer.Body.Result.InstanceId), tea.StringValue(answer.Body.RequestId))
}
"#,
};
