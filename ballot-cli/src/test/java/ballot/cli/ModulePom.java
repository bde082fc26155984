package ballot.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The dependencies that the pom of one module declares.
 *
 * @param name the module
 * @param scopes the scope of each dependency, by artifact
 */
record ModulePom(String name, Map<String, String> scopes) {

  ModulePom {
    scopes = Map.copyOf(scopes);
  }

  /** Every module that the parent lists. Tests run in the folder of their module. */
  static List<ModulePom> all() {
    Path root = Path.of("..").toAbsolutePath().normalize();
    return children(read(root.resolve("pom.xml")), "modules").stream()
        .flatMap(modules -> children(modules, "module").stream())
        .map(Element::getTextContent)
        .map(module -> of(module, read(root.resolve(module).resolve("pom.xml"))))
        .toList();
  }

  /** The modules that only the command line carries. */
  static List<String> plugins() {
    return all().stream().map(ModulePom::name).filter(ModuleArrowsTest::isPlugin).toList();
  }

  private static ModulePom of(String name, Element project) {
    Map<String, String> scopes = new TreeMap<>();
    for (Element dependencies : children(project, "dependencies")) {
      for (Element dependency : children(dependencies, "dependency")) {
        String scope = text(dependency, "scope");
        scopes.put(text(dependency, "artifactId"), scope.isEmpty() ? "compile" : scope);
      }
    }
    return new ModulePom(name, scopes);
  }

  /** The artifacts whose classes its main code sees, if they are of interest. */
  Set<String> compiledAgainst(Predicate<String> ofInterest) {
    Set<String> found = inScope("compile", "provided");
    found.removeIf(ofInterest.negate());
    return found;
  }

  /** The artifacts in one of these scopes. */
  Set<String> inScope(String... wanted) {
    Set<String> found = new TreeSet<>(scopes.keySet());
    found.removeIf(artifact -> !Set.of(wanted).contains(scopes.get(artifact)));
    return found;
  }

  private static Element read(Path pom) {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(pom.toFile())
          .getDocumentElement();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (ParserConfigurationException | SAXException malformed) {
      throw new IllegalStateException(pom + " is not a pom", malformed);
    }
  }

  private static String text(Element parent, String child) {
    return children(parent, child).stream().map(Element::getTextContent).findFirst().orElse("");
  }

  private static List<Element> children(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast)
        .filter(element -> element.getTagName().equals(name))
        .toList();
  }
}
