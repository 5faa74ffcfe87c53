// Tells Matomo's own script, which comes next, what to count and where, without cookies.
const { url, site } = document.currentScript.dataset;
window._paq = [["disableCookies"], ["setTrackerUrl", `${url}/matomo.php`], ["setSiteId", site], ["trackPageView"]];
