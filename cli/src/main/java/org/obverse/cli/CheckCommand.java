package org.obverse.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.TorchSettings;
import org.obverse.testkit.rule.Conformance;
import org.obverse.testkit.rule.Finding;
import org.obverse.testkit.rule.Finding.Verdict;
import org.obverse.testkit.rule.Rule.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        header = "Try every component of a plugin against the rules that all plugins keep.",
        description = {
            "",
            "The plugin replaces a built-in one of the same id. What it is tried on, and where a parameter matters, its"
                    + " author may note in META-INF/obverse/conformance.yaml of the jar.",
            "",
            "Ends with 3 if a rule is broken that every plugin must keep.",
            ""
        })
final class CheckCommand implements Callable<Integer> {
    /** One thread: OpenMP's threads wait for each other by spinning, which on a busy machine takes minutes at these sizes. */
    private static final TorchSettings SETTINGS = new TorchSettings("cpu", 1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "JAR|FOLDER", description = "A plugin's jar, or the folder with it and its libraries.")
    private Path place = Path.of("");

    @Option(names = "--report", paramLabel = "FILE", description = "Write every finding as JSON, too.")
    private List<Path> report = new ArrayList<>();

    @Option(
            names = "--json",
            description =
                    "Print nothing but what @|bold --report|@ writes: a JSON object with the plugin and a list of findings.")
    private boolean json;

    @Override
    public Integer call() {
        report.forEach(file -> Destination.require(file, "--report"));
        Registry.Subject subject = Registry.withSubject(place);
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.println(Printable.line(
                    subject.plugin() + ", from " + subject.plugin().source()));
        }
        List<Finding> findings = new ArrayList<>();
        Waiting waiting = new Waiting(spec.commandLine().getErr(), System::nanoTime);
        try (Conformance conformance = new Conformance(subject.plugin(), subject.registry(), SETTINGS, waiting)) {
            conformance.pending().forEach(pending -> {
                waiting.begin(pending.component() + " " + pending.rule().id());
                Finding finding = pending.judge().get();
                findings.add(finding);
                if (!json) {
                    tell(finding, out);
                }
            });
        }
        Map<String, Object> content = content(subject.plugin(), findings);
        report.forEach(file -> write(file, content));
        if (json) {
            Json.print(content, out);
            out.flush();
        } else {
            conclude(findings, out);
        }
        return (findings.stream().anyMatch(Finding::refuses) ? Exit.PLUGIN : Exit.DONE).code();
    }

    private static void tell(Finding finding, PrintWriter out) {
        String mark = switch (finding.verdict()) {
            case KEPT -> "ok     ";
            case BESIDE_THE_POINT -> "-      ";
            case NOT_TRIED -> "?      ";
            case BROKEN -> finding.level() == Level.MUST ? "BROKEN " : "should ";
        };
        out.printf("  %s%-40s %s%n", mark, Printable.line(finding.component()), Printable.line(finding.rule()));
        if (finding.verdict() == Verdict.BROKEN) {
            out.println("           " + Printable.lines(finding.sentence()));
            out.println("           seen: " + Printable.lines(finding.reason()));
            out.println("           look at: " + Printable.lines(finding.lookAt()));
        }
        if (finding.verdict() == Verdict.NOT_TRIED) {
            out.println("           not tried: " + Printable.lines(finding.reason()));
        }
        out.flush();
    }

    private static void conclude(List<Finding> findings, PrintWriter out) {
        long refusing = findings.stream().filter(Finding::refuses).count();
        long advice = count(findings, Verdict.BROKEN) - refusing;
        out.printf(
                "%d rules kept, %d broken, %d that should be kept and are not, %d not tried, %d not applicable%n",
                count(findings, Verdict.KEPT),
                refusing,
                advice,
                count(findings, Verdict.NOT_TRIED),
                count(findings, Verdict.BESIDE_THE_POINT));
        out.println(Conformance.UNSEEN);
        out.flush();
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private static Map<String, Object> content(LoadedPlugin plugin, List<Finding> findings) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("plugin", plugin.id());
        content.put("version", plugin.version());
        content.put("jars", plugin.jars());
        content.put("conforms", findings.stream().noneMatch(Finding::refuses));
        content.put("findings", findings);
        return content;
    }

    private static void write(Path file, Map<String, Object> content) {
        try {
            ArtifactStore.writeWhole(file.toAbsolutePath(), Json.bytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
