package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.app.InvalidOptionsException;
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

/**
 * The settings of a file: UTF-8, one {@code key=value} per line, where the key is an option's name without its first
 * dashes. Blank lines and lines that begin with {@code #} are skipped, and so is white space around key and value. There
 * are no escapes.
 */
final class ConfigFile {
    /** No file. */
    static final ConfigFile NONE = new ConfigFile(Map.of());

    /** All but that of the file itself. */
    private static final List<String> KEYS = Reading.names().stream()
            .filter(option -> !option.equals(Reading.CONFIG.name()))
            .map(option -> option.substring(2))
            .toList();

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Map<String, Setting> settings;

    private ConfigFile(Map<String, Setting> settings) {
        this.settings = settings;
    }

    /**
     * Reads a file.
     *
     * @param config the setting that names the file
     * @throws InvalidOptionsException naming the file, and the line and the key if one of them cannot be followed
     */
    static ConfigFile read(Setting config) {
        Map<String, Setting> settings = new HashMap<>();
        List<String> lines = text(config).lines().map(String::strip).toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (!line.isEmpty() && !line.startsWith("#")) {
                Setting setting = setting(line, "%s, line %d".formatted(config.value(), index + 1));
                if (settings.put(setting.option(), setting) != null) {
                    throw setting.breaks("must be set once, but is set above already");
                }
            }
        }
        return new ConfigFile(settings);
    }

    /** The setting of an option in the file. */
    Optional<Setting> find(String option) {
        return Optional.ofNullable(settings.get(option));
    }

    private static Setting setting(String line, String place) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new InvalidOptionsException("'%s' in %s must be of the form key=value.".formatted(line, place));
        }
        String key = line.substring(0, equals).strip();
        String option = "--" + key;
        String keyInPlace = "key '%s' in %s".formatted(key, place);
        if (!KEYS.contains(key)) {
            throw Suggestion.unknown(keyInPlace, key, KEYS);
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
