package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a classifier of public people to one of private people. */
final class TransferTest {
    private static final Path PLANS = Path.of("plans");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void what_was_learned_of_public_people_is_where_a_private_training_starts_and_names_are_checked_before_it() {
        Path weights = folder.resolve("public.safetensors");
        Invocation trained = invoke(
                "train",
                "public-classifier.yaml",
                "--to",
                weights.toString(),
                "-o",
                "data.identities=3",
                "-o",
                "target.training.epochs=1");

        assertEquals(0, trained.code(), trained.err());
        assertTrue(Files.exists(weights));
        String from = "target.classifier.pretrained=" + weights;
        assertEquals(0, dry(from).code(), () -> dry(from).err());
        assertRefused(
                "no tensor that could learn has a name that begins with 'layre3.'; names begin with: bn1., conv1., fc.,"
                        + " layer1., layer2., layer3.",
                dry(from, "target.defense=[ { use: transfer-learning, trained: [ layre3. ] } ]"));
        assertRefused(
                "there is nothing to transfer; name a weights file with target.classifier.pretrained",
                dry("target.classifier.pretrained=''", "target.defense=[ { use: transfer-learning } ]"));
    }

    private static void assertRefused(String reason, Invocation refused) {
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains(reason), refused.err());
    }

    private Invocation dry(String... overrides) {
        List<String> arguments = new ArrayList<>(List.of("run", "transfer-learning.yaml", "--dry-run", "-o", "~study"));
        for (String override : overrides) {
            arguments.addAll(List.of("-o", override));
        }
        return invoke(arguments.toArray(String[]::new));
    }

    private Invocation invoke(String command, String plan, String... options) {
        List<Object> arguments =
                new ArrayList<>(List.of(command, PLANS.resolve(plan), "--runs", folder.resolve("runs")));
        arguments.addAll(List.of(options));
        return Invocation.of(arguments.toArray());
    }

    private Invocation invoke(String[] arguments) {
        return invoke(arguments[0], arguments[1], Arrays.copyOfRange(arguments, 2, arguments.length));
    }
}
