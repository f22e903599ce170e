package dev.stacked.runtime.core;

import dev.stacked.runtime.seeded.Draw;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random values of all kinds, including pathological ones. */
final class Any {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long LAST_MILLI =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    private static final List<String> STATUSES = List.of("not-started", "in-progress", "review", "approved", "done");
    private static final List<String> NASTY = List.of(
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\u0000",
            "\u001b",
            "\u007f",
            "\u0085",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\ud83d",
            "\ude80",
            "🚀",
            "\"",
            "\\",
            "'",
            "<",
            ">",
            "&",
            "/",
            "{",
            "}",
            ":",
            ",",
            " ",
            "\t",
            "é",
            "data: x",
            "event: forged",
            "id: 1",
            "a",
            "b",
            "Z",
            "0");

    private Any() {}

    static String text(Random random) {
        return random.ints(random.nextInt(9), 0, NASTY.size())
                .mapToObj(NASTY::get)
                .collect(Collectors.joining());
    }

    private static String idText(Random random) {
        return "x"
                + text(random)
                        .codePoints()
                        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    }

    static StackId stackId(Random random) {
        return new StackId(idText(random));
    }

    static StageId stageId(Random random) {
        return new StageId(idText(random));
    }

    static StageStatus status(Random random) {
        return new StageStatus(random.nextBoolean() ? Draw.of(random, STATUSES) : "odd" + text(random));
    }

    private static JsonNode json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JSON.stringNode(text(random));
            case 1 -> JSON.numberNode(random.nextInt());
            case 2 -> JSON.numberNode(new BigInteger(200, random));
            case 3 -> JSON.numberNode(new BigDecimal(new BigInteger(90, random), random.nextInt(-50, 50)));
            case 4 -> JSON.booleanNode(random.nextBoolean());
            case 5 -> JSON.nullNode();
            case 6 -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(json(random, depth - 1));
                }
                yield array;
            }
            default -> object(random, depth - 1);
        };
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set("x-" + text(random), json(random, depth));
        }
        return object;
    }

    static StageRuntime runtime(Random random) {
        ObjectNode json = object(random, 3)
                .put("stageStatus", "odd" + text(random))
                .put("runtimeState", "idle")
                .put("todoCompleted", random.nextInt(1000))
                .put("todoTotal", random.nextInt(1000));
        if (random.nextBoolean()) {
            json.put("approvedCommitSha", text(random));
        }
        if (random.nextBoolean()) {
            json.set("pullRequest", object(random, 3));
        }
        return StageRuntime.of(json);
    }

    /** Built from few ids, titles and runtimes, so that two of them often have something in common. */
    static StackRuntime stackRuntime(Random random) {
        List<String> ids = new ArrayList<>(List.of("a", "b", "c", "d"));
        Collections.shuffle(ids, random);
        List<StageState> stages = new ArrayList<>();
        for (String id : ids.subList(0, random.nextInt(5))) {
            StageRuntime answer = random.nextInt(10) < 3 ? null : runtime("in-progress", random.nextInt(3));
            String title = Draw.of(random, List.of("One", "Two"));
            stages.add(new StageState(new StageId(id), title, StageStatus.IN_PROGRESS, answer));
        }
        return new StackRuntime(stages);
    }

    static Instant instant(Random random) {
        return Instant.ofEpochMilli(Draw.between(random, 0, LAST_MILLI));
    }

    static StageRuntime runtime(String status, int todos) {
        return StageRuntime.of(JSON.objectNode()
                .put("stageStatus", status)
                .put("runtimeState", "idle")
                .put("todoCompleted", todos)
                .put("todoTotal", 1000));
    }

    static JsonNode parse(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
