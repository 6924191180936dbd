using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using DoorAgent.Models;

namespace DoorAgent.Tests.Support;

/// <summary>
/// The two files of face-reidentification-retail-0095 in OpenVINO's format, as far as they can be made without the publisher's: the
/// publisher's graph from ../shared, and the weights of the ONNX file there, written to the offsets that the graph names.
/// </summary>
internal sealed class OpenVinoFiles
{
    public const string Name = "face-reidentification-retail-0095";

    private OpenVinoFiles(XElement graph, byte[] weights) => (Graph, Weights) = (graph, weights);

    public XElement Graph { get; }

    public byte[] Weights { get; set; }

    private IEnumerable<XElement> Layers => Graph.Element("layers")!.Elements();

    /// <summary>The graph of IR version 10 as the publisher distributes it, with weights of 32 bits. Skips the test without
    /// ../shared.</summary>
    public static OpenVinoFiles Fp32()
    {
        XElement graph = XElement.Load(Shared.Need($"models/openvino/{Name}-fp32-v10.xml"));
        byte[] onnx = File.ReadAllBytes(Shared.Need($"models/{Name}.onnx"));
        // The ONNX file has the arrays in the order of the graph, except for the biases, which follow the others.
        ILookup<bool, OnnxArray> arrays =
            OnnxFile.ReadInitializers(onnx).ToLookup(array => array.Name.StartsWith("b_", StringComparison.Ordinal));
        Queue<OnnxArray> biases = new(arrays[true]), others = new(arrays[false]);
        OpenVinoFiles files = new(graph, []);
        MemoryStream bin = new();
        foreach (XElement data in files.Constants.Select(layer => layer.Element("data")!))
        {
            long[] shape = [.. data.Attribute("shape")!.Value.Split(',').Select(long.Parse)];
            OnnxArray array = (shape is [1, > 3, 1, 1] ? biases : others).Dequeue();
            Half[] halves = MemoryMarshal.Cast<byte, Half>(onnx.AsSpan(array.Offset, array.Length)).ToArray();
            float[] values = [.. halves.Select(half => (float)half)];
            Assert.Equal(4 * values.Length, (int)data.Attribute("size")!);
            Assert.Equal(bin.Length, (long)data.Attribute("offset")!);
            bin.Write(MemoryMarshal.AsBytes<float>(values));
        }

        files.Weights = bin.ToArray();
        return files;
    }

    /// <summary>The same in 16 bits: the element types of the graph changed, sizes and offsets halved.</summary>
    public static OpenVinoFiles Fp16()
    {
        OpenVinoFiles files = Fp32();
        foreach (XElement data in files.Graph.Descendants("data").Where(data => data.Attribute("element_type") is not null))
        {
            data.SetAttributeValue("element_type", "f16");
            foreach (string name in (string[])["offset", "size"])
            {
                if (data.Attribute(name) is { } attribute)
                    attribute.Value = ((long)attribute / 2).ToString(CultureInfo.InvariantCulture);
            }
        }

        files.Weights = MemoryMarshal.AsBytes<Half>(
            [.. MemoryMarshal.Cast<byte, float>(files.Weights).ToArray().Select(value => (Half)value)]).ToArray();
        return files;
    }

    /// <summary>The same as the publisher's later releases write it: IR version 11, weights of 16 bits, each with a Convert to 32 bits
    /// behind it, layers counted again.</summary>
    public static OpenVinoFiles Compressed()
    {
        OpenVinoFiles files = Fp16();
        files.Graph.SetAttributeValue("version", "11");
        Dictionary<string, string> ids = [], sources = [];
        List<XElement> layers = [], edges = [];
        foreach (XElement layer in files.Layers)
        {
            (string old, string id) = (layer.Attribute("id")!.Value, Number(layers.Count));
            ids[old] = sources[old] = id;
            layer.SetAttributeValue("id", id);
            layers.Add(layer);
            if (layer.Attribute("type")!.Value == "Parameter")
                layer.Element("data")!.SetAttributeValue("element_type", "f32");
            if (layer.Attribute("type")!.Value != "Const")
                continue;
            string convert = sources[old] = Number(layers.Count);
            edges.Add(new XElement("edge", new XAttribute("from-layer", id), new XAttribute("from-port", 0),
                new XAttribute("to-layer", convert), new XAttribute("to-port", 0)));
            layers.Add(new XElement("layer", new XAttribute("id", convert), new XAttribute("name", "convert"),
                new XAttribute("type", "Convert"), new XElement("data", new XAttribute("destination_type", "f32")),
                new XElement("output", layer.Element("output")!.Elements())));
        }

        foreach (XElement edge in files.Graph.Element("edges")!.Elements())
        {
            edge.SetAttributeValue("from-layer", sources[edge.Attribute("from-layer")!.Value]);
            edge.SetAttributeValue("to-layer", ids[edge.Attribute("to-layer")!.Value]);
        }

        files.Graph.Element("edges")!.Add(edges);
        files.Graph.Element("layers")!.ReplaceNodes(layers);
        return files;
    }

    public IEnumerable<XElement> Constants => Of("Const");

    /// <summary>The layers of a kind.</summary>
    public IEnumerable<XElement> Of(string kind) => Layers.Where(layer => layer.Attribute("type")!.Value == kind);

    /// <summary>Writes both files and returns their paths.</summary>
    public (string Xml, string Bin) Write(string folder)
    {
        (string xml, string bin) = (Path.Combine(folder, Name + ".xml"), Path.Combine(folder, Name + ".bin"));
        Graph.Save(xml);
        File.WriteAllBytes(bin, Weights);
        return (xml, bin);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
