package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Invocation.of("schema").out(), InputFormat.JSON);

    private static final String PLAN = """
            name: right
            seeds: { training: 2 }
            data: { use: synthetic-faces, identities: 4 }
            targets:
              hard: { classifier: { use: small-resnet }, training: { epochs: 3 }, access: scores }
              soft: { like: hard, defense: [ { use: label-smoothing, alpha: 0.1 } ] }
            evaluation: { judge: { classifier: { use: small-inception }, crop: 28 } }
            generator: { use: stylegan2, weights: "builtin:synthetic-faces-32" }
            attack:
              use: ppa
              classes: { random: 2 }
              target: hard
              stages: { sample: { pool: 20 }, optimize: { loss: cross-entropy, steps: 2 }, select: none }
            metrics: [ { use: attack-accuracy, judge: judge } ]
            listeners: [ { use: tables, best-effort: true } ]
            execution: { workers: 1, device: cpu }
            study: { axes: { attack.target: [ hard, soft ] } }
            """;

    private static List<Error> errors(String plan) {
        return SCHEMA.validate(plan, InputFormat.YAML);
    }

    @Test
    void every_shipped_plan_is_accepted() throws IOException {
        try (Stream<Path> plans = Files.walk(Path.of("plans"))) {
            List<Path> files =
                    plans.filter(file -> file.toString().endsWith(".yaml")).toList();

            assertFalse(files.isEmpty());
            for (Path file : files) {
                assertEquals(List.of(), errors(Files.readString(file)), file.toString());
            }
        }
    }

    @Test
    void a_component_of_a_list_may_be_named_alone() {
        String plan = PLAN.replace("judge: judge } ]", "judge: judge }, test-accuracy ]")
                .replace("alpha: 0.1 } ]", "alpha: 0.1 }, rounding ]")
                .replace("execution: { workers: 1,", "controls: [ real ]\nexecution: { places: [ processes ],")
                .replace("best-effort: true } ]", "best-effort: true }, tables ]");

        assertEquals(List.of(), errors(plan));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: right                  | nmae: right                  | /
            training: 2                  | traning: 2                   | /seeds
            use: synthetic-faces         | use: synthetic-face          | /data/use
            identities: 4                | identities: four             | /data/identities
            epochs: 3                    | epochs: 3.5                  | /targets/hard/training/epochs
            access: scores               | access: score                | /targets/hard/access
            alpha: 0.1                   | alfa: 0.1                    | /targets/soft/defense/0
            crop: 28                     | crops: 28                    | /evaluation/judge
            pool: 20, use: ranked-pool   | pool: many, use: ranked-pool | /attack/stages/sample/pool
            judge: judge } ]             | judges: judge } ]            | /metrics/0
            judge: judge } ]             | judge: judge }, fjd ]        | /metrics/1
            workers: 1                   | workers: '"1"'               | /execution/workers
            """)
    void a_wrong_plan_is_refused_at_the_right_place(String right, String wrong, String place) {
        String plan = PLAN.replace("pool: 20", "pool: 20, use: ranked-pool");
        assertEquals(List.of(), errors(plan));
        assertFalse(plan.equals(plan.replace(right, wrong)), right);

        List<String> places = errors(plan.replace(right, wrong)).stream()
                .map(error -> "/" + error.getInstanceLocation().toString().replaceFirst("^/", ""))
                .distinct()
                .toList();

        assertEquals(List.of(place), places);
    }
}
