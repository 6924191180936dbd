using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;
using DoorAgent.Models;

namespace DoorAgent.Tests.Support;

/// <summary>Writes a small network in OpenVINO's format layer by layer.</summary>
internal sealed class MadeOpenVino
{
    private readonly XElement _layers = new("layers");
    private readonly XElement _edges = new("edges");
    private readonly List<byte> _weights = [];
    private int _count;

    /// <summary>Adds a layer.</summary>
    /// <param name="kind">Type of the layer.</param>
    /// <param name="data">Attributes, as name=value with spaces between them.</param>
    /// <param name="inputs">The layers that this layer reads.</param>
    /// <returns>Number of the layer.</returns>
    public int Add(string kind, string data, params int[] inputs)
    {
        _layers.Add(new XElement("layer", new XAttribute("id", _count), new XAttribute("name", $"{kind}{_count}"),
            new XAttribute("type", kind), new XElement("data", data.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => new XAttribute(pair.Split('=')[0], pair.Split('=')[1])))));
        for (int port = 0; port < inputs.Length; port++)
        {
            _edges.Add(new XElement("edge", new XAttribute("from-layer", inputs[port]), new XAttribute("from-port", 0),
                new XAttribute("to-layer", _count), new XAttribute("to-port", port)));
        }

        return _count++;
    }

    /// <summary>Adds weights of 32 bits.</summary>
    public int AddWeights(string shape, float[] values)
    {
        string data = string.Create(CultureInfo.InvariantCulture,
            $"element_type=f32 shape={shape} offset={_weights.Count} size={4 * values.Length}");
        _weights.AddRange(MemoryMarshal.AsBytes<float>(values));
        return Add("Const", data);
    }

    /// <summary>Converts the network.</summary>
    public ConvertedNetwork Convert() => OpenVinoToOnnx.Run(
        OpenVinoFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(
            new XElement("net", new XAttribute("version", "11"), _layers, _edges).ToString()))),
        new OpenVinoWeights([.. _weights]));
}
