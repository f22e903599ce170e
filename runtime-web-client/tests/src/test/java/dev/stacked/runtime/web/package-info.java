/**
 * Tests of the page and the library in a real Chromium against the real server, with an upstream that the test
 * controls. Tests never sleep: they wait for an expected event, or move the page's clock.
 */
package dev.stacked.runtime.web;
