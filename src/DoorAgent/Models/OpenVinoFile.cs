using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DoorAgent.Models;

/// <summary>A layer of an OpenVINO graph.</summary>
/// <param name="Name">The layer as messages name it.</param>
/// <param name="Kind">Type of the layer, such as Convolution.</param>
/// <param name="Data">The layer's attributes.</param>
/// <param name="Inputs">Positions of the layers whose outputs this layer reads, in the order of its ports.</param>
/// <param name="Shape">Shape of the output as the file states it; null for a layer without an output.</param>
internal sealed record OpenVinoLayer(
    string Name, string Kind, IReadOnlyDictionary<string, string> Data, IReadOnlyList<int> Inputs, IReadOnlyList<long>? Shape)
{
    /// <summary>Reads an attribute that must be there.</summary>
    /// <exception cref="InvalidDataException">The attribute is missing.</exception>
    public string Text(string attribute) => Data.GetValueOrDefault(attribute) ?? throw Wrong($"has no {attribute}");

    /// <summary>Reads an attribute of numbers that are separated by commas; an empty text has none.</summary>
    /// <exception cref="InvalidDataException">The attribute is missing, or contains something else.</exception>
    public long[] Numbers(string attribute)
    {
        string text = Text(attribute);
        string[] parts = text.Length == 0 ? [] : text.Split(',');
        long[] numbers = new long[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                throw Wrong($"has {attribute} '{Shortened(text)}', which must be whole numbers");
        }

        return numbers;
    }

    /// <summary>Makes the error for a layer that cannot be used; the layer is the subject of <paramref name="what"/>.</summary>
    public InvalidDataException Wrong(string what) => new($"layer {Shortened(Name)} ({Shortened(Kind)}) {what}");

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "...";
}

/// <summary>Reads the graph of a network in OpenVINO's format (IR versions 10 and 11): layers with their attributes, and the edges
/// between them. The weights are in another file.</summary>
internal static class OpenVinoFile
{
    /// <summary>Longest graph that is read, in characters; the graph of face-reidentification-retail-0095 has 350,427.</summary>
    private const long MaxLength = 16 << 20;

    private static readonly string[] Versions = ["10", "11"];

    // Definitions of entities could read other files, or grow a short text to gigabytes.
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxLength,
    };

    /// <summary>Reads the layers in the order of the file, in which each layer stands behind those that it reads.</summary>
    /// <exception cref="InvalidDataException">The text is not such a graph; the message says where.</exception>
    public static IReadOnlyList<OpenVinoLayer> Read(Stream xml)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(xml, Settings);
            XElement net = XElement.Load(reader);
            if (net.Name != "net")
                throw new InvalidDataException($"it is not a graph of OpenVINO: it begins with <{net.Name.LocalName}> and not with <net>");
            string version = net.Attribute("version")?.Value ?? "none";
            return Versions.Contains(version) ? LayersOf(net)
                : throw new InvalidDataException($"it has the version {version}, and only the versions 10 and 11 are known");
        }
        catch (XmlException failure)
        {
            throw new InvalidDataException($"it is not XML, is cut off, is too long, or defines entities: {failure.Message}", failure);
        }
    }

    private static List<OpenVinoLayer> LayersOf(XElement net)
    {
        ILookup<string, XElement> edges = Children(net, "edges", "edge").ToLookup(edge => Attribute(edge, "to-layer"));
        Dictionary<string, int> places = [];
        List<OpenVinoLayer> layers = [];
        foreach (XElement element in Children(net, "layers", "layer"))
        {
            string id = Attribute(element, "id"), name = Attribute(element, "name");
            Dictionary<string, string> data = element.Element("data")?.Attributes()
                .ToDictionary(attribute => attribute.Name.LocalName, attribute => attribute.Value) ?? [];
            OpenVinoLayer layer = new(name, Attribute(element, "type"), data, [], ShapeOf(element, name));
            XElement[] entering = [.. edges[id].OrderBy(edge => Number(edge, "to-port"))];
            if (entering.Select(edge => Number(edge, "to-port")).Distinct().Count() < entering.Length)
                throw layer.Wrong("has two edges to one of its inputs");
            int PlaceOf(XElement edge) => places.TryGetValue(Attribute(edge, "from-layer"), out int place) ? place
                : throw layer.Wrong("reads a layer that is missing or stands behind it");
            layers.Add(layer with { Inputs = [.. entering.Select(PlaceOf)] });
            if (!places.TryAdd(id, layers.Count - 1))
                throw layer.Wrong($"has the id {id} of another layer");
        }

        return layers;
    }

    private static long[]? ShapeOf(XElement layer, string name)
    {
        XElement[] ports = [.. Children(layer, "output", "port")];
        if (ports.Length > 1)
            throw new InvalidDataException($"layer {name} has {ports.Length} outputs, and only layers with one are known");
        return ports.Length == 0 ? null : [.. ports[0].Elements("dim").Select(dim => Parse(dim.Value, "dim"))];
    }

    private static IEnumerable<XElement> Children(XElement parent, string list, string name) =>
        parent.Element(list)?.Elements(name) ?? [];

    private static string Attribute(XElement element, string name) => element.Attribute(name)?.Value
        ?? throw new InvalidDataException($"it has a <{element.Name.LocalName}> without {name}");

    private static long Number(XElement element, string name) => Parse(Attribute(element, name), name);

    private static long Parse(string text, string name) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
            : throw new InvalidDataException($"it has a {name} that is not a whole number");
}
