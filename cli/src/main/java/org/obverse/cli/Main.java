package org.obverse.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;
import picocli.CommandLine;

/** Starts the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        quietLogging();
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, which writes to the standard streams until told otherwise. */
    static CommandLine commandLine() {
        ObverseCommand root = new ObverseCommand();
        CommandLine commandLine = new CommandLine(root)
                .setExecutionExceptionHandler(new Failures(root))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setAbbreviatedOptionsAllowed(false);
        describeExits(commandLine);
        commandLine.getSubcommands().values().forEach(Main::describeExits);
        return commandLine;
    }

    private static void describeExits(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(Exit.meanings());
    }

    /** Only warnings, on the error stream, unless the user configured logging. */
    private static void quietLogging() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream settings = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("the logging configuration cannot be read", e);
        }
    }
}
