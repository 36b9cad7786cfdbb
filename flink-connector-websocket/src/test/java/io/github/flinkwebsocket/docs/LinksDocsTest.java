package io.github.flinkwebsocket.docs;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Links within the project lead somewhere, and the index leads everywhere. */
class LinksDocsTest {

    private static final Pattern INLINE_CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$");

    @Test
    void linksLeadToFilesAndHeadings() throws Exception {
        List<DocPage> pages = DocPage.all();
        Map<Path, Set<String>> anchors = new HashMap<>();
        pages.forEach(page -> anchors.put(page.file(), anchors(page)));
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (DocPage page : pages) {
            for (String link : links(page)) {
                links++;
                String[] parts = link.split("#", 2);
                Path target =
                        parts[0].isEmpty()
                                ? page.file()
                                : page.file().resolveSibling(parts[0]).normalize();
                boolean there =
                        parts.length == 1
                                ? Files.exists(target)
                                : anchors.getOrDefault(target, Set.of()).contains(parts[1]);
                if (!there) {
                    broken.add(page + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    @Test
    void indexNamesEveryPage() throws Exception {
        List<DocPage> pages = DocPage.all();
        Path index = GeneratedDocs.docs().resolve("README.md");
        Set<Path> named =
                pages.stream()
                        .filter(page -> page.file().equals(index))
                        .flatMap(page -> links(page).stream())
                        .map(link -> index.resolveSibling(link).normalize())
                        .collect(Collectors.toSet());
        assertThat(pages)
                .extracting(DocPage::file)
                .filteredOn(file -> file.startsWith(GeneratedDocs.docs()) && !file.equals(index))
                .isSubsetOf(named);
    }

    private static List<String> links(DocPage page) {
        List<String> links = new ArrayList<>();
        for (String line : page.proseLines()) {
            // The text of a link may be code.
            Matcher link = LINK.matcher(INLINE_CODE.matcher(line).replaceAll("code"));
            while (link.find()) {
                if (!ELSEWHERE.matcher(link.group(1)).matches()) {
                    links.add(link.group(1));
                }
            }
        }
        return links;
    }

    /** As forges make them of headings. */
    private static Set<String> anchors(DocPage page) {
        Set<String> anchors = new HashSet<>();
        for (String line : page.proseLines()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor =
                        heading.group(1)
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                                .replace(' ', '-');
                for (int i = 1; !anchors.add(i == 1 ? anchor : anchor + "-" + (i - 1)); i++) {}
            }
        }
        return anchors;
    }
}
