package org.obverse.packaged;

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
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Start(process.waitFor(), text);
    }
}
