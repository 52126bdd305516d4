package org.obverse.plugins.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Workspace;

/**
 * The keys of {@code mlflow}. The token is in a file of its own, because plans are kept, shared and tracked; that file is no {@code
 * InputFile}, because no result depends on it and its hash belongs in no manifest.
 */
record Settings(
        @Meaning(
                "http://HOST:PORT of a tracking server, or a folder (also as file:), relative to the plan, for 'mlflow ui"
                        + " --backend-store-uri FOLDER'")
        String uri,

        @Meaning(
                "a file, relative to the plan, of one line with a token, or of two with a user's name and password; empty for"
                        + " none")
        String token)
        implements Checked {
    static final Settings DEFAULT = new Settings("mlruns", "");

    /** Servers take headers of 8 or 16 kB. */
    private static final int LONGEST = 1 << 14;

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");

    @Override
    public List<Problem> check() {
        String scheme = scheme();
        return new Problems()
                .require(!uri.isBlank(), "uri", "is empty", "give the address of a tracking server, or a folder")
                .require(
                        List.of("", "http", "https", "file").contains(scheme),
                        "uri",
                        "nothing can be tracked by " + scheme + ":",
                        "give http://HOST:PORT of a tracking server in front of it, or a folder")
                .require(
                        !isServer() || isAddress(),
                        "uri",
                        "'" + uri + "' is no address of a server",
                        "write http://HOST:PORT, with a path if the server has one")
                .require(
                        !isServer() || !uri.contains("@"),
                        "uri",
                        "a plan holds no password",
                        "write the user's name and the password into a file of two lines, and name it with 'token'")
                .require(isServer() || token.isEmpty(), "token", "a folder needs no token", "leave it out")
                .list();
    }

    private String scheme() {
        var found = SCHEME.matcher(uri);
        return found.matches() ? found.group(1) : "";
    }

    private boolean isServer() {
        return scheme().startsWith("http");
    }

    private boolean isAddress() {
        try {
            URI address = URI.create(uri);
            return address.getHost() != null && address.getQuery() == null && address.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Where runs are tracked.
     *
     * @throws InvalidConfigurationException if the token cannot be read
     */
    Store target(Workspace workspace) {
        if (isServer()) {
            return new ServerStore(new Server(URI.create(uri), credentials(workspace)));
        }
        return new FolderStore(scheme().isEmpty() ? workspace.path(uri) : Path.of(URI.create(uri)));
    }

    private List<String> credentials(Workspace workspace) {
        if (token.isEmpty()) {
            return List.of();
        }
        Path file = workspace.path(token);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw unreadable(file, "is a folder, a pipe or a device, not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw unreadable(file, "has more than the " + LONGEST + " bytes that are read of a token");
            }
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .toList();
            if (lines.isEmpty() || lines.size() > 2 || lines.contains("")) {
                throw unreadable(file, "has not one line with a token, or two with a name and a password");
            }
            return lines;
        } catch (IOException e) {
            throw unreadable(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static InvalidConfigurationException unreadable(Path file, String what) {
        return new InvalidConfigurationException(
                new Problem("token", file + " " + what, "write the token into it, or leave the key out"));
    }
}
