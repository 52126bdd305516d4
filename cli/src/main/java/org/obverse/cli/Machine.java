package org.obverse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.obverse.engine.torch.TorchRuntime;

/** What this program computes on. Neither the machine's name nor its user's is in it. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Machine() {}

    /** Such as {@code 2 cores of AMD EPYC 9V74, Linux amd64, Java 17.0.15, libtorch 2.7.1 on cpu}. */
    static String words(TorchRuntime torch) {
        return "%d cores%s, %s %s, Java %s, libtorch %s on %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor().map(model -> " of " + model).orElse(""),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.version"),
                        torch.facts().version(),
                        torch.device().toString().replace("()", ""));
    }

    /** Where Linux says it. */
    private static Optional<String> processor() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
