package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans that come with Obverse are plans. */
final class ShippedPlansTest {
    private static final Path PLANS = Path.of("plans");

    @TempDir
    private Path folder = Path.of("");

    static List<Path> plans() throws IOException {
        try (Stream<Path> files = Files.walk(PLANS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void a_shipped_plan_is_valid_even_where_its_files_are_missing(Path plan) {
        Invocation dry = Invocation.of("run", plan, "--runs", folder.resolve("runs"), "--dry-run");

        boolean complete = dry.out().contains("' can be run: ");
        assertEquals(complete ? 0 : 2, dry.code(), dry.err());
        assertTrue(complete || dry.out().contains("is a valid plan, but files that it needs are missing"), dry.err());
    }

    /** Without weights files but the generator's, which is the only one that the check then misses, all else is tried. */
    @Test
    void the_networks_of_a_plan_of_the_paper_fit_each_other_and_pictures_that_are_there() throws IOException {
        Path plan = Files.copy(PLANS.resolve("paper/table-1-facescrub.yaml"), folder.resolve("table-1-facescrub.yaml"));
        for (String person : List.of("actors/faces/A", "actresses/faces/B", "actresses/faces/C")) {
            Path pictures =
                    Files.createDirectories(folder.resolve("data/facescrub").resolve(person));
            for (int i = 0; i < 20; i++) {
                BufferedImage picture = new BufferedImage(24, 24 + i, BufferedImage.TYPE_INT_RGB);
                ImageIO.write(picture, "jpg", pictures.resolve(i + ".jpg").toFile());
            }
        }

        Invocation dry = dry(plan, "metrics.4.tap=embedding");
        Invocation refused = dry(plan, "metrics.4.tap=embeding");

        assertEquals(2, dry.code(), dry.err());
        assertTrue(dry.out().contains("weights/ffhq.pkl: there is no such file"), dry.out());
        assertEquals(
                1,
                dry.out()
                        .lines()
                        .filter(line -> line.contains("there is no such file"))
                        .count(),
                dry.out());
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains("its taps are: embedding, penultimate, stage1"), refused.err());
    }

    private Invocation dry(Path plan, String override) {
        return Invocation.of(
                "run",
                plan,
                "--runs",
                folder.resolve("runs"),
                "--dry-run",
                "-o",
                "target.classifier={ use: resnet152 }",
                "-o",
                "evaluation.inception-v3.classifier={ use: inception-v3 }",
                "-o",
                "evaluation.inception-resnet-v1={ classifier: { use: inception-resnet-v1 }, crop: 800, pixels: 160 }",
                "-o",
                "evaluation.fid-inception={ classifier: { use: fid-inception, input: doubled }, crop: 800, pixels: 299 }",
                "-o",
                "metrics.6.student={ use: resnet50 }",
                "-o",
                "accept=[ too-few-samples ]",
                "-o",
                override);
    }
}
