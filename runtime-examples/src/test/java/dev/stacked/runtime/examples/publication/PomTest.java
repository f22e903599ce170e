package dev.stacked.runtime.examples.publication;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requirements of repositories and consumers on our POMs. */
class PomTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.+?)</artifactId>");
    private static final Pattern VERSION = Pattern.compile("<version>(.+?)</version>");
    private static final Pom PARENT = Pom.read(ROOT.resolve("pom.xml"));
    private static final Pom BOM = Pom.read(ROOT.resolve("runtime-bom/pom.xml"));

    private static Stream<Pom> published() {
        return PARENT.texts("/project/modules/module").stream()
                .map(module -> Pom.read(ROOT.resolve(module).resolve("pom.xml")))
                .filter(pom -> !pom.artifactId().equals("runtime-bom"))
                .filter(pom ->
                        !pom.text("/project/properties/maven.deploy.skip").equals("true"));
    }

    @Test
    void billOfMaterialsNamesEachPublishedModuleInItsOwnVersion() {
        String ours = "/project/dependencyManagement/dependencies/dependency[groupId='dev.stacked']";
        assertEquals(
                new TreeSet<>(published().map(Pom::artifactId).toList()),
                new TreeSet<>(BOM.texts(ours + "/artifactId")));
        assertEquals(
                List.of("${project.version}"),
                BOM.texts(ours + "/version").stream().distinct().toList());
        assertEquals(PARENT.text("/project/version"), BOM.text("/project/version"));
    }

    @Test
    void billOfMaterialsHasNoParentWhoseVersionsItWouldHandOn() {
        assertEquals("", BOM.text("/project/parent"));
    }

    /** What a project that follows the README gets must be in the BOM, in the version of this one. */
    @Test
    void readmeNamesPublishedArtifactsInTheirVersion() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        List<String> named = groups(ARTIFACT, readme);

        assertEquals(List.of("runtime-bom", "runtime-transport-sse", "runtime-reconcile-http"), named);
        Set<String> published = published()
                .map(Pom::artifactId)
                .collect(Collectors.toCollection(() -> new HashSet<>(Set.of("runtime-bom"))));
        assertTrue(published.containsAll(named), named::toString);
        assertEquals(List.of(BOM.text("/project/version")), groups(VERSION, readme));
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    void parentAndBillOfMaterialsHaveWhatARepositoryAsksFor() {
        for (Pom pom : List.of(PARENT, BOM)) {
            for (String part : List.of("name", "description", "url", "licenses", "developers", "scm/connection")) {
                assertFalse(pom.text("/project/" + part).isEmpty(), pom + " lacks " + part);
            }
        }
    }

    @Test
    void publishedModulesHaveANameADescriptionAndAModuleNameThatIsTheirPackage() {
        assertAll(published().map(pom -> () -> {
            assertTrue(pom.text("/project/name").startsWith("Stacked Runtime"), pom + ": name");
            assertFalse(pom.text("/project/description").isEmpty(), pom + ": description");
            String module = pom.text("/project/properties/module.name");
            assertTrue(module.startsWith("dev.stacked.runtime."), pom + ": " + module);
            Path sources = pom.folder().resolve("src/main/java");
            assertTrue(
                    !Files.exists(sources) || Files.isDirectory(sources.resolve(module.replace('.', '/'))),
                    pom + ": " + module);
        }));
    }
}
