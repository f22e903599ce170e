/**
 * What a person sees and what a page gets, tested in a real Chromium against the real server, whose upstream does what
 * the test says. Nothing here sleeps: tests wait for what must come, or move the page's clock.
 */
package dev.stacked.runtime.web;
