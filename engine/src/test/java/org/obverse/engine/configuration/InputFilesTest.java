package org.obverse.engine.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.Use;

class InputFilesTest {
    record Network(@InputFile String weights, String name) {}

    record Everything(
            String folder,
            @InputFile String startFrom,
            Network network,
            List<Network> others,
            Map<String, Network> byName,
            List<String> names,
            Use part) {}

    private static Everything with(String startFrom) {
        return new Everything(
                "pictures",
                startFrom,
                new Network("a.pth", "plan.yaml"),
                List.of(new Network("", "x"), new Network("b.pth", "y")),
                Map.of("z", new Network("d.pth", ""), "c", new Network("c.pth", "")),
                List.of("e.pth"),
                new Use("linear", Map.of("weights", "f.pth")));
    }

    @Test
    void the_files_of_a_configuration_are_those_that_its_records_declare_in_their_order() {
        assertEquals(
                List.of(
                        Map.entry("start-from", "s.pth"),
                        Map.entry("network.weights", "a.pth"),
                        Map.entry("others.1.weights", "b.pth"),
                        Map.entry("by-name.c.weights", "c.pth"),
                        Map.entry("by-name.z.weights", "d.pth")),
                List.copyOf(InputFiles.of(with("s.pth")).entrySet()));
    }

    @Test
    void an_empty_location_is_no_file() {
        assertEquals(
                List.of(), List.copyOf(InputFiles.of(new Network("", "named")).entrySet()));
    }

    @Test
    void a_key_that_is_a_file_is_described_so() {
        assertEquals(
                List.of("text", "a file"),
                Description.of(with("")).stream()
                        .limit(2)
                        .map(Description::type)
                        .toList());
    }
}
