package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.artifact.TensorFile;

final class WeightCommandsTest {
    private static final String PICKLE = "synthetic-network-16-cond.pkl";
    private static final String CHECKPOINT = "small-checkpoint.pth";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void inspect_tells_a_network_pickles_architecture_sizes_and_licence() {
        Invocation shown = Invocation.of("inspect", file(PICKLE));

        assertEquals(0, shown.code(), shown.err());
        assertTrue(shown.out().contains("network  StyleGAN2-ADA generator, 16×16, 5 conditions"), shown.out());
        assertTrue(shown.out().contains("resolution: 16, latent-size: 12, style-size: 20, conditions: 5"), shown.out());
        assertTrue(shown.out().contains("NVIDIA Source Code License: non-commercial"), shown.out());
        assertTrue(shown.out().contains("  F32  G_ema.synthesis.b4.const [16, 4, 4]"), shown.out());
        assertTrue(shown.out().contains("  G_ema.mapping_kwargs.num_layers = 2"), shown.out());
    }

    @Test
    void inspect_tells_which_part_and_prefix_of_a_checkpoint_count() {
        Invocation shown = Invocation.of("inspect", file(CHECKPOINT));

        assertEquals(0, shown.code(), shown.err());
        assertTrue(
                shown.out().contains("those in 'model_state_dict', without the prefix 'model._orig_mod.' of them all"),
                shown.out());
        assertFalse(shown.out().contains("NVIDIA"), shown.out());
    }

    @Test
    void a_hostile_pickle_ends_with_2_and_names_file_place_and_call() throws IOException {
        Path hostile = Files.writeString(
                folder.resolve("hostile.pkl"),
                "\u0080\u0002cposix\nsystem\nX\u0001\0\0\0x\u0085R.",
                StandardCharsets.ISO_8859_1);

        for (String command : new String[] {"inspect", "import"}) {
            Invocation refused = command.equals("inspect")
                    ? Invocation.of(command, hostile)
                    : Invocation.of(command, hostile, "--to", folder.resolve("out.safetensors"));

            assertEquals(2, refused.code());
            assertTrue(refused.err().contains(hostile + ": at byte 2: names 'posix.system'"), refused.err());
        }
        assertFalse(Files.exists(folder.resolve("out.safetensors")));
    }

    @Test
    void import_writes_the_network_without_prefix_and_says_where_it_came_from() {
        Path out = folder.resolve("net.safetensors");

        Invocation imported = Invocation.of("import", file(CHECKPOINT), "--to", out);

        assertEquals(0, imported.code(), imported.err());
        TensorFile written = TensorFile.open(out);
        assertEquals(16, written.names().size());
        assertTrue(written.names().contains("conv1.weight"), written.names().toString());
        assertEquals("model_state_dict", written.metadata().get("imported.part"));
        assertEquals("model._orig_mod.", written.metadata().get("imported.prefix"));
    }

    @Test
    void an_imported_generator_keeps_the_bound_of_its_activations() {
        Path bounded = file("synthetic-network-32-proto4.pkl");
        Path out = folder.resolve("generator.safetensors");
        assertEquals(0, Invocation.of("import", bounded, "--to", out).code());

        assertTrue(Invocation.of("inspect", bounded).out().contains("conv-clamp: 256 }"));
        assertTrue(Invocation.of("inspect", out).out().contains("conv-clamp: 256 }"));
    }

    @Test
    void import_takes_a_part_by_name_and_refuses_one_that_is_not_there() {
        Path out = folder.resolve("critic.safetensors");

        assertEquals(
                0,
                Invocation.of("import", file(PICKLE), "--part", "D", "--to", out)
                        .code());
        assertTrue(TensorFile.open(out).names().contains("b4.out.weight"));
        Invocation refused = Invocation.of("import", file(PICKLE), "--part", "E", "--to", folder.resolve("no"));
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("'G', 'D', 'G_ema'"), refused.err());
    }

    @Test
    void inspect_lists_what_is_beside_a_network_and_was_not_looked_up() {
        Invocation shown = Invocation.of("inspect", file("timm.pth.tar"));

        assertEquals(0, shown.code(), shown.err());
        assertTrue(shown.out().contains("objects  argparse.Namespace: what was stored of them is below"), shown.out());
        assertTrue(shown.out().contains("  args.lr = 0.1"), shown.out());
        assertTrue(shown.out().contains("several networks: 'state_dict', 'state_dict_ema'"), shown.out());
    }

    @Test
    void import_takes_what_is_under_a_prefix_and_says_what_it_leaves() {
        Path out = folder.resolve("model.safetensors");

        Invocation imported =
                Invocation.of("import", file("model-and-criterion.pth"), "--prefix", "model", "--to", out);

        assertEquals(0, imported.code(), imported.err());
        assertTrue(
                imported.out().contains("left out: 1 outside of the prefix 'model.', such as 'criterion.weight'"),
                imported.out());
        assertEquals(7, TensorFile.open(out).names().size());
        assertTrue(TensorFile.open(out).names().contains("conv1.weight"));
        assertEquals("model.", TensorFile.open(out).metadata().get("imported.prefix"));
    }

    @Test
    void import_of_a_file_without_a_network_says_so() {
        Invocation refused =
                Invocation.of("import", file("optimizer-only.pth"), "--to", folder.resolve("out.safetensors"));

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("holds no network: its tensors are those of 'optimizer'"), refused.err());
    }

    @Test
    void what_would_steer_a_terminal_is_shown_and_does_not_reach_it() throws IOException {
        String steering = "\u001b[2J\u009b1m\u0007\u202e";
        Path file = folder.resolve("steer\u001b[31m.safetensors");
        String header = "{'__metadata__':{'note':'%s'},'%s':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}"
                .formatted("\\u001b[2J", "x\\u001b[2J\\u009b\\nforged\\u202e")
                .replace('\'', '"');
        Files.writeString(
                file, (char) header.length() + "\0\0\0\0\0\0\0" + header + "\0\0\0\0", StandardCharsets.ISO_8859_1);

        for (Invocation shown : new Invocation[] {
            Invocation.of("inspect", file),
            Invocation.of("inspect", folder.resolve("none" + steering)),
            Invocation.of("import", file, "--to", folder.resolve("to" + steering)),
            Invocation.of("import", file, "--part", steering, "--to", folder.resolve("out")),
            Invocation.of("import", file, "--prefix", steering, "--to", folder.resolve("out")),
            Invocation.of("steer" + steering)
        }) {
            String all = shown.out() + shown.err();
            assertTrue(all.contains("\\x1b["), all);
            assertTrue(all.chars().noneMatch(c -> c == '\u001b' || c == '\u009b' || c == 7 || c == '\u202e'), all);
        }
    }

    @Test
    void import_does_not_overwrite() throws IOException {
        Path out = Files.writeString(folder.resolve("mine.safetensors"), "mine");

        Invocation refused = Invocation.of("import", file(PICKLE), "--to", out);

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("exists already"), refused.err());
        assertEquals("mine", Files.readString(out));
    }

    @Test
    void a_plan_takes_its_generator_from_a_network_pickle() throws IOException {
        Invocation checked = Invocation.of(
                "run",
                planWith(", resolution: 32, latent-size: 16, style-size: 16, mapping-layers: 8, channel-base: 256,"
                        + " channel-max: 16, conv-clamp: 256"),
                "--dry-run");

        assertEquals(0, checked.code(), checked.err());
    }

    @Test
    void a_plan_that_contradicts_a_network_pickle_is_told_the_keys() throws IOException {
        Invocation refused = Invocation.of("run", planWith(""), "--dry-run");

        assertEquals(2, refused.code());
        for (String key : new String[] {"mapping-layers", "style-size", "channel-max"}) {
            assertTrue(refused.err().contains("generator." + key + ": "), refused.err());
        }
        assertTrue(refused.err().contains("resolution: 32, latent-size: 16, style-size: 16"), refused.err());
    }

    /** The smallest plan, with a generator from a network pickle beside it and these keys. */
    private Path planWith(String keys) throws IOException {
        Files.copy(file("synthetic-network-32-proto4.pkl"), folder.resolve("network.pkl"));
        Path plan = Invocation.tinyPlan(folder);
        String generator = "generator: { use: stylegan2, weights: \"builtin:synthetic-faces-32\" }";
        String text = Files.readString(plan);
        assertTrue(text.contains(generator), text);
        return Files.writeString(
                plan, text.replace(generator, "generator: { use: stylegan2, weights: network.pkl" + keys + " }"));
    }

    private static Path file(String name) {
        URL url = WeightCommandsTest.class.getResource("/weights/" + name);
        if (url == null) {
            throw new IllegalArgumentException("no resource " + name);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
