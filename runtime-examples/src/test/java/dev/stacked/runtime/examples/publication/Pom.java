package dev.stacked.runtime.examples.publication;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A POM file, without inherited values.
 *
 * @param folder the module's folder
 */
record Pom(Path folder, Document document) {
    static Pom read(Path file) {
        try {
            return new Pom(
                    file.getParent(),
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("Cannot read " + file, e);
        }
    }

    String artifactId() {
        return text("/project/artifactId");
    }

    /** The text of the first element; empty if there is none. */
    String text(String xpath) {
        List<String> all = texts(xpath);
        return all.isEmpty() ? "" : all.get(0);
    }

    List<String> texts(String xpath) {
        try {
            NodeList nodes =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(xpath, document, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(index -> nodes.item(index).getTextContent().strip())
                    .toList();
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException("No XPath: " + xpath, e);
        }
    }

    @Override
    public String toString() {
        return folder.getFileName() + "/pom.xml";
    }
}
