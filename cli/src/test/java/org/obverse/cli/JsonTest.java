package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.plan.PlanForm;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What commands print for other programs. */
final class JsonTest {
    private static final Set<String> KEY = Set.of("key", "type", "default", "meaning", "keys");

    @TempDir
    private Path folder = Path.of("");

    private static JsonNode json(Object... arguments) {
        Invocation said = Invocation.of(arguments);
        assertEquals(0, said.code(), said.err());
        return JsonMapper.shared().readTree(said.out());
    }

    private static void assertKeys(JsonNode keys) {
        keys.valueStream().forEach(key -> {
            assertEquals(KEY, Set.copyOf(key.propertyNames()), key.toString());
            assertKeys(key.get("keys"));
        });
    }

    @Test
    void plugins_are_the_components_and_who_brings_them() {
        JsonNode listed = json("plugins", "--json");

        JsonNode ppa = listed.get("components")
                .valueStream()
                .filter(one -> one.get("name").asString().equals("ppa"))
                .findFirst()
                .orElseThrow();
        assertEquals("attack", ppa.get("kind").asString());
        assertEquals("ppa", ppa.get("plugin").asString());
        assertFalse(ppa.get("summary").asString().isEmpty());
        assertTrue(listed.get("plugins")
                .valueStream()
                .anyMatch(one -> one.get("id").asString().equals("ppa")));
        assertTrue(listed.get("refused").isEmpty());
    }

    @Test
    void what_is_refused_is_an_entry_and_still_ends_with_3() throws IOException {
        Files.writeString(folder.resolve("broken.jar"), "no zip");
        Invocation said = Invocation.of("plugins", "--json", "--plugins", folder);

        assertEquals(3, said.code(), said.err());
        JsonNode refused = JsonMapper.shared().readTree(said.out()).at("/refused/0");
        assertTrue(refused.get("source").asString().endsWith("broken.jar"), refused.toString());
        assertFalse(refused.get("reason").asString().isEmpty());
    }

    @Test
    void a_component_is_described_alike_in_every_list() {
        JsonNode inPlugins = json("plugins", "label-smoothing", "--json").at("/components/0");
        JsonNode inKind = json("describe", "defense", "--json")
                .valueStream()
                .filter(one -> one.get("name").asString().equals("label-smoothing"))
                .findFirst()
                .orElseThrow();
        JsonNode alone = json("describe", "defense", "label-smoothing", "--json");

        assertEquals(inPlugins, inKind);
        inKind.properties().forEach(entry -> assertEquals(entry.getValue(), alone.get(entry.getKey())));
        assertEquals("alpha", alone.at("/keys/0/key").asString());
        assertEquals("a number", alone.at("/keys/0/type").asString());
    }

    @Test
    void keys_of_components_and_of_plans_have_one_shape() {
        for (String kind : List.of("optimizer", "dataset", "classifier")) {
            json("describe", kind, "--json")
                    .valueStream()
                    .forEach(one ->
                            assertKeys(json("describe", kind, one.get("name").asString(), "--json")
                                    .get("keys")));
        }
        JsonNode plan = json("describe", "plan", "--json");

        assertKeys(plan.get("keys"));
        assertEquals(
                PlanForm.keys().stream().map(PlanForm.Key::name).toList(),
                plan.get("keys")
                        .valueStream()
                        .map(key -> key.get("key").asString())
                        .toList());
        assertEquals(
                "100",
                json("describe", "plan", "target.training.epochs", "--json")
                        .get("default")
                        .asString());
        assertTrue(json("describe", "plan", "target.training", "--json")
                .get("keys")
                .valueStream()
                .anyMatch(key -> key.get("key").asString().equals("epochs")));
    }

    @Test
    void check_prints_what_it_reports_and_nothing_else() throws IOException {
        Path jar = FaultyJar.mended(folder.resolve("plugins"));
        Path report = folder.resolve("report.json");
        Invocation said = Invocation.of("check", jar, "--json", "--report", report);
        JsonNode printed = JsonMapper.shared().readTree(said.out());

        assertEquals(JsonMapper.shared().readTree(Files.readString(report)), printed);
        assertEquals("faulty", printed.get("plugin").asString());
        assertFalse(printed.get("findings").isEmpty());
        assertEquals(printed.get("conforms").asBoolean() ? 0 : 3, said.code());
    }

    @Test
    void what_would_steer_a_terminal_means_the_same_to_who_reads_json() {
        String name = "a\u009b2J\u202e\ud83d\ude00\udb40\udc01b";
        String shown = Printable.json(JsonMapper.shared().writeValueAsString(List.of(name)));

        assertFalse(shown.contains("\u009b") || shown.contains("\u202e") || shown.contains("\udb40\udc01"), shown);
        assertEquals(name, JsonMapper.shared().readTree(shown).get(0).asString());
    }
}
