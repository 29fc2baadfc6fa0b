//! Actions of the list of instances.

use havenask_core::{
    instance::{Instance, READY},
    model::{ListInstancesRequest, MAX_PAGE_SIZE},
    purchase::PURCHASE_TAG,
};
use leptos::prelude::*;

use crate::{
    format,
    state::{
        App, DETAILS, HEADING, InstanceDetails, InstanceList, InstancePage, InstancesState,
        PAGE_SIZE, row_id,
    },
    texts::outcome,
};

/// The beginning of every instance id.
const ID_PREFIX: &str = "ha-";
/// Recent instances that are shown.
const RECENT: usize = 10;

/// Searches for the text of the search field.
pub(crate) fn search_instances(app: App) {
    let InstancesState { search, typed, .. } = app.instances;
    search.set(typed.get_untracked().trim().to_owned());
    load_page(app, 1);
}

/// Loads the list of the region that is shown: from its first page, where the last list was of another region.
pub(crate) fn load_region(app: App) {
    let InstancesState { list, number, region, .. } = app.instances;
    let now = untrack(|| app.instances_region());
    if region.get_untracked() != now {
        region.set(now);
        number.set(1);
        list.set(InstanceList::Pending);
    }
    refresh_instances(app);
}

/// Loads the list again, if it was requested before its region was known.
pub(super) fn reload_region(app: App) {
    let is_requested = app.instances.last_request() > 0;
    if is_requested && app.instances.region.get_untracked() != untrack(|| app.instances_region()) {
        load_region(app);
    }
}

/// Loads the shown page again.
pub(crate) fn refresh_instances(app: App) {
    load_page(app, app.instances.number.get_untracked());
}

/// Loads a page. Of several requests the last one counts.
pub(crate) fn load_page(app: App, number: u32) {
    let InstancesState { list, is_loading, search, number: requested, .. } = app.instances;
    let text = search.get_untracked();
    requested.set(number);
    is_loading.set(true);
    app.ui.announce(app.ui.text(outcome::LOADING));
    let count = app.instances.next_request();
    app.ui.spawn(async move {
        let response = app.instances_client().list_instances(&request(&text, number)).await;
        if app.instances.last_request() != count {
            return;
        }
        let page = response.map(|(instances, total)| InstancePage::new(instances, number, total));
        if let Ok(page) = &page
            && let Some(last) = page.last_page_before()
        {
            return load_page(app, last);
        }
        is_loading.set(false);
        let locale = app.ui.locale.get_untracked();
        app.ui.announce(match &page {
            Ok(page) if page.total == 0 => app.ui.text(app.instances.empty_text()).to_owned(),
            Ok(page) => format::range(page.range(), page.total, locale),
            Err(failure) => failure.message.clone(),
        });
        list.set(page.map_or_else(InstanceList::Failed, InstanceList::Loaded));
    });
}

/// Loads the shown page again without a word, while something on it is being created. Nothing is drawn under the focus.
pub(crate) fn poll_list(app: App) {
    let InstancesState { list, is_loading, search, number, .. } = app.instances;
    let is_due = list.with_untracked(InstanceList::is_creating) && !is_loading.get_untracked();
    if !is_due || app.ui.host(|host| host.has_focus("tbody")) {
        return;
    }
    let (text, page) = (search.get_untracked(), number.get_untracked());
    let count = app.instances.last_request();
    app.ui.spawn(async move {
        let response = app.instances_client().list_instances(&request(&text, page)).await;
        let is_last = app.instances.last_request() == count;
        if let (Ok((instances, total)), true) = (response, is_last) {
            list.set(InstanceList::Loaded(InstancePage::new(instances, page, total)));
        }
    });
}

/// Shows one instance in full: as far as the list has it, then all of it.
pub(super) fn open_details(app: App, id: String) {
    let InstancesState { list, details, .. } = app.instances;
    let of_list = list.with_untracked(|list| list.find(&id).cloned());
    let instance =
        of_list.unwrap_or_else(|| Instance { instance_id: id.clone(), ..Instance::default() });
    details.set(Some(InstanceDetails { instance, failure: None, purchase: None }));
    app.ui.focus_soon(DETAILS);
    let update = move |id: &str, update: &dyn Fn(&mut InstanceDetails)| {
        details.update(|details| {
            if let Some(details) = details.as_mut().filter(|it| it.instance.instance_id == id) {
                update(details);
            }
        });
    };
    app.ui.spawn(async move {
        let client = app.instances_client();
        let response = client.get_instance(&id).await;
        let tags = response.as_ref().map(|it| &*it.tags).unwrap_or_default();
        let tag = tags.iter().find(|tag| tag.key == PURCHASE_TAG);
        let key = tag.and_then(|tag| tag.value.clone());
        update(&id, &|details| match &response {
            Ok(instance) => details.instance = instance.clone(),
            Err(failure) => details.failure = Some(failure.clone()),
        });
        let Some(key) = key else { return };
        // The ledger may be another's, and have no such purchase.
        let purchase = client.purchase_progress(&key).await.ok();
        update(&id, &|details| details.purchase.clone_from(&purchase));
    });
}

/// Closes the details, and focuses the row of the instance.
pub(super) fn close_details(app: App) {
    let InstancesState { list, details, .. } = app.instances;
    let Some(InstanceDetails { instance, .. }) = details.try_update(Option::take).flatten() else {
        return;
    };
    let row = list.with_untracked(|list| match list {
        InstanceList::Loaded(page) => {
            page.instances.iter().position(|it| it.instance_id == instance.instance_id)
        }
        _ => None,
    });
    app.ui.focus_soon(&row.map_or_else(|| HEADING.to_owned(), row_id));
}

/// Requests the most recent instances.
pub(crate) async fn recent_instances(app: App) -> InstanceList {
    let request =
        ListInstancesRequest { page_size: Some(MAX_PAGE_SIZE), ..ListInstancesRequest::default() };
    match app.client().list_instances(&request).await {
        Ok((instances, total)) => {
            InstanceList::Loaded(InstancePage::new(instances, 1, total).newest(RECENT))
        }
        Err(failure) => InstanceList::Failed(failure),
    }
}

/// Requests the status of a new instance.
pub(crate) async fn poll_status(app: App, instance_id: &str) {
    let progress = app.order.progress;
    // An order may be of another region than the form.
    let region = app.orders.order.with_untracked(|order| order.as_ref()?.region.clone());
    let client = app.ui.client().in_region(region);
    let response = client.get_instance(instance_id).await;
    let before = progress.with_untracked(|progress| progress.status.clone());
    let Ok(instance) = response else {
        return progress.update(|progress| progress.unreadable = true);
    };
    if instance.status != before {
        let status = instance.status.as_deref().unwrap_or_default();
        app.ui.announce(outcome::STATUS_IS.with(app.ui.locale.get_untracked(), status));
    }
    if instance.status.as_deref() == Some(READY) && instance.status != before {
        app.ui.host(|host| host.emit("instance-ready", &instance));
    }
    progress.update(|progress| {
        progress.unreadable = false;
        progress.was_followed |= instance.status.as_deref() != Some(READY);
        progress.endpoint = instance.network.and_then(|network| network.endpoint);
        progress.status = instance.status;
    });
}

/// The request for a page of a search: by instance id, or else by a part of the description.
fn request(text: &str, number: u32) -> ListInstancesRequest {
    let filled = Some(text.to_owned()).filter(|text| !text.is_empty());
    let (instance_id, description) =
        if text.starts_with(ID_PREFIX) { (filled, None) } else { (None, filled) };
    ListInstancesRequest {
        page_number: Some(number),
        page_size: Some(PAGE_SIZE),
        instance_id,
        description,
        ..ListInstancesRequest::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_for_an_id_or_a_description() {
        for (text, number, instance_id, description) in [
            ("", 1, None, None),
            ("ha-cn-1", 1, Some("ha-cn-1"), None),
            ("ha-", 2, Some("ha-"), None),
            ("ha", 3, None, Some("ha")),
            ("HA-cn-1", 1, None, Some("HA-cn-1")),
            ("shop ha-cn-1", 1, None, Some("shop ha-cn-1")),
            ("商品搜索", 500, None, Some("商品搜索")),
        ] {
            let request = request(text, number);
            assert_eq!(request.instance_id.as_deref(), instance_id, "{text}");
            assert_eq!(request.description.as_deref(), description, "{text}");
            assert_eq!((request.page_number, request.page_size), (Some(number), Some(20)));
            assert!(request.tags.is_none() && request.resource_group_id.is_none());
        }
    }
}
