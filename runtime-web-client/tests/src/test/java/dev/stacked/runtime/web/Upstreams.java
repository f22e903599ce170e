package dev.stacked.runtime.web;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Answers of upstreams. */
final class Upstreams {
    private Upstreams() {}

    static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }

    /** A pull request with three checks. */
    static JsonNode pullRequest(int number, String title, String url, String decision, int passed, int failed) {
        return JsonMapper.shared()
                .readTree("""
                        {"number":%d,"title":"%s","state":"OPEN","isDraft":false,"url":"%s","reviewDecision":"%s",
                         "checks":{"completed":%d,"total":3,"passed":%d,"failed":%d}}
                        """.formatted(number, title, url, decision, passed + failed, passed, failed));
    }
}
