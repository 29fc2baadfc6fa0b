//! The order as JSON, to take along and to fill in the form with.

use super::{copy, prelude::*};
use crate::{browser, texts::form as texts};

const JSON: &str = "order-json";
const FILE: &str = "order-file";

pub(super) fn view() -> Element {
    let app = App::from_context();
    let get = move |text: Text| move || text.get(app.ui.locale.get());
    let typed = RwSignal::new(None::<String>);
    let wrong = RwSignal::new(String::new());
    let json = Memo::new(move |_| {
        typed.get().unwrap_or_else(|| app.form.request.with(|built| built.request.to_json()))
    });
    let [hint, problem] = ["hint", "problem"].map(|name| [&app.ui.id(JSON), "-", name].concat());
    let described_by = [hint.as_str(), &problem].join(" ");
    let text = element("textarea")
        .class("input")
        .attr("id", app.ui.id(JSON))
        .attr("rows", "6")
        .attr("spellcheck", "false")
        .attr("translate", "no")
        .attr("aria-describedby", described_by)
        .dyn_attr("aria-invalid", move || wrong.with(|it| !it.is_empty()).then_some("true"))
        .dyn_value(move || json.get())
        .on("input", move |event| typed.set(Some(event_target_value(&event))));
    let fill = move || {
        let filled = actions::fill_form_from_json(app, &json.get_untracked());
        wrong.set(filled.err().unwrap_or_default());
    };
    let import = move |text: String| {
        typed.set(Some(text));
        fill();
    };
    let fill_it = element("button").attr("type", "button").class("button");
    let fill_it = fill_it.on("click", move |_| fill());
    let copy = move || copy::button(app, "button", get(texts::COPY_JSON)().to_owned(), json.get());
    let label = element("label").class("part-title").attr("for", app.ui.id(JSON));
    let message = element("p").class("problem problem-error").attr("role", "alert");
    element("section")
        .class("part order-json")
        .child(element("h2").child(label.text(get(texts::JSON))))
        .child(element("p").class("hint").attr("id", hint).text(get(texts::JSON_HINT)))
        .child(text)
        .child(message.attr("id", problem.clone()).text(move || wrong.get()))
        .child(
            element("div")
                .class("actions")
                .child(fill_it.text(get(texts::FILL)))
                .child(dynamic(copy)),
        )
        .child(file(app, problem, wrong, import))
}

/// The control that imports the text of a file.
fn file(
    app: App,
    described_by: String,
    wrong: RwSignal<String>,
    import: impl Fn(String) + Copy + 'static,
) -> Element {
    let choose = move |event| {
        let Some(chosen) = browser::take_file(&event) else { return };
        app.ui.spawn(async move {
            match actions::read_order(&chosen).await {
                // The view is gone.
                _ if wrong.is_disposed() => {}
                Ok(text) => import(text),
                Err(why) => wrong.set(app.ui.text(why).to_owned()),
            }
        });
    };
    let input = element("input")
        .attr("type", "file")
        .attr("accept", ".json,application/json")
        .attr("id", app.ui.id(FILE))
        .attr("aria-describedby", described_by)
        .on("change", choose);
    let label = element("label").class("label").attr("for", app.ui.id(FILE));
    let label = label.text(move || texts::FILE.get(app.ui.locale.get()));
    element("div").class("field").child(label).child(input)
}
