package dev.stacked.runtime.app.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks a server in a separate process with a heap of 128 MiB, while twenty ordinary readers use each transport. All
 * attacks on one listener share a process, so that leaks add up; after a failure a new process is started. The process
 * is examined through {@code /proc}.
 */
@EnabledOnOs(OS.LINUX)
class AttackIT {
    private static final Length LENGTH = Length.ofThisBuild();
    private static final Map<Listener, Target> TARGETS = new EnumMap<>(Listener.class);

    @TempDir
    static Path directory;

    private static int lastAddress;

    static Stream<Arguments> attacks() {
        List<Attack> all = Stream.concat(Http2Attacks.all().stream(), OtherAttacks.all().stream())
                .toList();
        return Stream.of(Listener.values())
                .flatMap(listener -> all.stream()
                        .filter(attack -> attack.isPartOf(LENGTH, listener))
                        .map(attack -> Arguments.of(attack, listener)));
    }

    @AfterAll
    static void stop() {
        TARGETS.values().forEach(Target::close);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("attacks")
    void readersGetEveryHeartbeatAndNothingIsLeftBehind(Attack attack, Listener listener) throws Exception {
        if (!TARGETS.containsKey(listener)) {
            TARGETS.put(listener, Target.start(listener, directory));
        }
        // An address per attack, so that limits per address do not carry over to the next.
        InetAddress address = Endpoint.address(1, ++lastAddress);

        List<String> problems = new Round(attack, TARGETS.get(listener), address, LENGTH).run();

        if (!problems.isEmpty()) {
            TARGETS.remove(listener).close();
        }
        assertEquals(List.of(), problems);
    }
}
