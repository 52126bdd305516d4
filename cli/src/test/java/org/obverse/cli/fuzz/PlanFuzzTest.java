package org.obverse.cli.fuzz;

import com.google.inject.Guice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunListener;
import org.obverse.engine.EngineModule;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.Audience;
import org.obverse.engine.study.Runs;
import org.obverse.engine.study.Setting;
import org.obverse.engine.torch.TorchSettings;

/** A plan that was changed is a plan, whose checks end, or is refused with all that is wrong with it. */
final class PlanFuzzTest {
    private static final Path PLANS = Path.of("plans");
    private static final List<String> WORDS = List.of(
            "~",
            "null",
            "-1",
            "0",
            "1",
            "1e9",
            "1e999",
            "-0.0",
            ".nan",
            ".inf",
            "2147483648",
            "9223372036854775808",
            "99999999999999999999999999",
            "[]",
            "{}",
            "[ [ ] ]",
            "{ use: }",
            "{ use: ppa }",
            "use",
            "like",
            "name",
            "\"\"",
            "''",
            "\"\\0\"",
            "&a",
            "*a",
            "!!binary x",
            "!!float",
            "<<",
            "? ",
            "- ",
            ": ",
            ", ",
            "\n",
            "\t",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "#",
            "|\n",
            ">\n",
            "yes",
            "true",
            "targets",
            "target",
            "evaluation",
            "data",
            "attack",
            "metrics",
            "stages",
            "optimize",
            "defense",
            "study",
            "axes",
            "seeds",
            "white-box",
            "labels",
            "ppa",
            "toy2d",
            "brep-mi",
            "ked-mi",
            "label-smoothing",
            "bido",
            "mid",
            "early-stopping",
            "small-resnet",
            "stylegan2",
            "attack-accuracy",
            "\u00c3\u00a4",
            "\u00ff");

    private static Registry registry = Registry.of(List.of());

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void find_plugins() {
        registry = Registry.ofClassPath();
    }

    @Test
    void a_changed_plan_is_read_or_refused() {
        Path plan = folder.resolve("plan.yaml");
        new Fuzzing("plan", plans("demo", "toy2d", "bido-hsic", "mid", "brep-mi", "ked-mi"), WORDS, 150, 512L << 20)
                .of(changed -> new PlanReader(registry).read(Files.write(plan, changed), List.of()))
                .requireBoth();
    }

    @Test
    void the_checks_of_a_changed_plan_end() {
        Runs runs = Guice.createInjector(new EngineModule(registry, TorchSettings.defaults()))
                .getInstance(Runs.class);
        Path plan = folder.resolve("plan.yaml");
        Setting setting = new Setting(folder.resolve("runs"), folder, Set.of());
        new Fuzzing("checks", plans("toy2d"), WORDS, 40, 512L << 20)
                .of(changed -> {
                    Study study = new PlanReader(registry).read(Files.write(plan, changed), List.of());
                    runs.rehearse(study, setting, new Audience(new RunListener() {}), new AtomicBoolean());
                })
                .requireBoth();
    }

    private static List<byte[]> plans(String... names) {
        return List.of(names).stream().map(PlanFuzzTest::plan).toList();
    }

    private static byte[] plan(String name) {
        try {
            return Files.readAllBytes(PLANS.resolve(name + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
