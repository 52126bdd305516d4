package org.obverse.packaged;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One start of the command on a machine with a few small programs, no Java, and an empty home. */
record Start(int code, String text) {
    private static final List<String> PROGRAMS = List.of("dirname", "grep", "locale", "readlink");

    /**
     * @param folder where it is started, with the home in it
     */
    static Start of(Path launcher, Path folder, String... arguments) throws IOException, InterruptedException {
        Process process = begin(launcher, folder, arguments);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Start(process.waitFor(), text);
    }

    /**
     * One that is told to end, as Ctrl-C tells it, once it has printed a line with these words.
     *
     * @param folder where it is started, with the home in it
     */
    static Start until(String words, Path launcher, Path folder, String... arguments)
            throws IOException, InterruptedException {
        Process process = begin(launcher, folder, arguments);
        StringBuilder text = new StringBuilder();
        boolean isTold = false;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                text.append(line).append('\n');
                if (!isTold && line.contains(words)) {
                    // By its handle, or what it says last would be lost with its streams.
                    process.toHandle().destroy();
                    isTold = true;
                }
            }
        }
        return new Start(process.waitFor(), text.toString());
    }

    private static Process begin(Path launcher, Path folder, String... arguments) throws IOException {
        Path programs = folder.resolve("programs");
        if (!Files.exists(programs)) {
            Files.createDirectories(programs);
            for (String program : PROGRAMS) {
                Path file = Files.writeString(
                        programs.resolve(program), "#!/bin/sh\nexec /usr/bin/" + program + " \"$@\"\n");
                if (!file.toFile().setExecutable(true)) {
                    throw new IOException(file + " cannot be made executable");
                }
            }
        }
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment()
                .put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        return builder.redirectErrorStream(true).start();
    }
}
