package dev.stacked.runtime.app.options;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a file: UTF-8, one {@code key=value} per line, the key being an option's name without dashes. Blank
 * lines and lines that begin with {@code #} say nothing; white space around key and value does not count; there are
 * no escapes.
 */
final class ConfigFile {
    /** The file of those who named none. */
    static final ConfigFile NONE = new ConfigFile(Map.of());

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Map<String, Setting> settings;

    private ConfigFile(Map<String, Setting> settings) {
        this.settings = settings;
    }

    /**
     * Reads a file.
     *
     * @param config what names the file
     * @param options the options that may be set in it
     * @throws InvalidOptionsException naming the file, and the line and the key if one of them cannot be followed
     */
    static ConfigFile read(Setting config, Set<String> options) {
        Map<String, Setting> settings = new HashMap<>();
        List<String> lines = text(config).lines().map(String::strip).toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (!line.isEmpty() && !line.startsWith("#")) {
                Setting setting = setting(line, "%s, line %d".formatted(config.value(), index + 1), options);
                if (settings.put(setting.option(), setting) != null) {
                    throw setting.breaks("must be set once, but is set above already");
                }
            }
        }
        return new ConfigFile(settings);
    }

    /** What the file says of an option. */
    Optional<Setting> find(String option) {
        return Optional.ofNullable(settings.get(option));
    }

    private static Setting setting(String line, String place, Set<String> options) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new InvalidOptionsException("'%s' in %s must be of the form key=value.".formatted(line, place));
        }
        String key = line.substring(0, equals).strip();
        String option = "--" + key;
        String keyInPlace = "key '%s' in %s".formatted(key, place);
        if (!options.contains(option)) {
            throw new InvalidOptionsException("Unknown %s; --help lists all options.".formatted(keyInPlace));
        }
        return new Setting(option, line.substring(equals + 1).strip(), keyInPlace);
    }

    private static String text(Setting config) {
        try {
            String text = Files.readString(Path.of(config.value()));
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (NoSuchFileException | InvalidPathException absent) {
            throw config.breaks("must name a file, but there is no such file");
        } catch (CharacterCodingException malformed) {
            throw config.breaks("must name a UTF-8 file, but is not UTF-8");
        } catch (IOException unreadable) {
            throw config.breaks("must name a file that can be read, but cannot be read");
        }
    }
}
