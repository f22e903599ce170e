package dev.stacked.runtime.core;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values of all kinds, the nastiest included. */
final class Any {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
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

    static Arbitrary<String> text() {
        return Arbitraries.randomValue(Any::text);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(9), 0, NASTY.size())
                .mapToObj(NASTY::get)
                .collect(Collectors.joining());
    }

    private static Arbitrary<String> idText() {
        return text().map(text -> "x"
                + text.codePoints()
                        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append));
    }

    static Arbitrary<StackId> stackId() {
        return idText().map(StackId::new);
    }

    static Arbitrary<StageId> stageId() {
        return idText().map(StageId::new);
    }

    static Arbitrary<StageStatus> status() {
        return Arbitraries.oneOf(
                        Arbitraries.of("not-started", "in-progress", "review", "approved", "done"),
                        text().map(text -> "odd" + text))
                .map(StageStatus::new);
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

    static Arbitrary<StageRuntime> runtime() {
        return Arbitraries.randomValue(random -> {
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
        });
    }

    /** Of few ids, titles and runtimes, so that two of them often have something in common. */
    static Arbitrary<StackRuntime> stackRuntime() {
        Arbitrary<StageRuntime> runtime = Arbitraries.integers()
                .between(0, 2)
                .map(todos -> runtime("in-progress", todos))
                .injectNull(0.3);
        Arbitrary<String> title = Arbitraries.of("One", "Two");
        return Arbitraries.of("a", "b", "c", "d")
                .set()
                .ofMaxSize(4)
                .map(ArrayList::new)
                .flatMap(Arbitraries::shuffle)
                .flatMap(ids -> Combinators.combine(
                                title.list().ofSize(ids.size()), runtime.list().ofSize(ids.size()))
                        .as((titles, runtimes) -> stack(ids, titles, runtimes)));
    }

    private static StackRuntime stack(List<String> ids, List<String> titles, List<StageRuntime> runtimes) {
        List<StageState> stages = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            stages.add(
                    new StageState(new StageId(ids.get(i)), titles.get(i), StageStatus.IN_PROGRESS, runtimes.get(i)));
        }
        return new StackRuntime(stages);
    }

    static Arbitrary<Instant> instant() {
        return Arbitraries.longs()
                .between(0, Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli())
                .map(Instant::ofEpochMilli);
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
