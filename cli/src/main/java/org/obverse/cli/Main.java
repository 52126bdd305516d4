package org.obverse.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;
import org.obverse.cli.progress.Printable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Signals.endAtOnce();
        quietLogging();
        System.exit(run(commandLine(), arguments));
    }

    /** Picocli hands over exceptions alone; an {@code Error} is told like one. */
    static int run(CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (Throwable e) {
            return Failures.tell(e, commandLine.getCommandSpec()).code();
        }
    }

    /** The whole command line, which writes to the standard streams until told otherwise. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new ObverseCommand())
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(Main::misused)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setAbbreviatedOptionsAllowed(false);
        complete(commandLine);
        return commandLine;
    }

    /** Adds what every command has, also to those below it. */
    private static void complete(CommandLine command) {
        command.getCommandSpec()
                .mixinStandardHelpOptions(true)
                .versionProvider(new ObverseCommand.Version())
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(Exit.meanings());
        command.getSubcommands().values().forEach(Main::complete);
    }

    /** One line and a pointer; the whole help would hide it. */
    private static int misused(ParameterException failure, String... arguments) {
        PrintWriter err = failure.getCommandLine().getErr();
        err.println(Printable.lines("obverse: " + failure.getMessage()));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("See: " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return Exit.PLAN.code();
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
