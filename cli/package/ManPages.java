import java.io.File;
import java.io.IOException;
import org.obverse.cli.Main;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes the manual of each command as AsciiDoc, of which Asciidoctor makes pages for man. Started by the build as a single source file. */
public final class ManPages {
    /** @param arguments the folder to write to */
    public static void main(String[] arguments) throws IOException {
        int code = ManPageGenerator.generateManPage(
                new File(arguments[0]), null, new boolean[0], false, Main.commandLine().getCommandSpec());
        System.exit(code);
    }
}
