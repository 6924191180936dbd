using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DoorAgent.Models;

namespace DoorAgent.Fuzz.Targets;

/// <summary>The two files of a network in OpenVINO's format: two bytes with the length of the weights, the weights, and the
/// graph.</summary>
internal sealed class OpenVinoTarget : FuzzTarget
{
    public override string Name => "openvino";

    public override int MaxLength => 16_384;

    public override IReadOnlyList<string> Tokens =>
    [
        "<layer id=\"9\" name=\"n\" type=\"", "Convolution", "GroupConvolution", "Const", "Convert", "Parameter", "Result", "PReLU",
        "AvgPool", "Multiply", "Sigmoid", "<data ", "shape=\"", "element_type=\"f16\"", "offset=\"", "size=\"",
        "strides=\"1,1\"", "pads_begin=\"0,0\"",
        "<edge from-layer=\"0\" from-port=\"0\" to-layer=\"1\" to-port=\"0\"/>", "<!DOCTYPE", "<output><port><dim>1</dim></port></output>",
        "9223372036854775807", "4096", "destination_type=\"f32\"", "auto_pad=\"valid\"", "exclude-pad=\"true\"",
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        const string graph = """
            <net version="11"><layers><layer id="0" name="i" type="Parameter"><data shape="1,3,4,4" element_type="f32"/></layer>
            <layer id="1" name="w" type="Const"><data element_type="f32" shape="2,3,1,1" offset="0" size="24"/></layer>
            <layer id="2" name="c" type="Convolution"><data strides="1,1" dilations="1,1" pads_begin="0,0" pads_end="0,0"/></layer>
            <layer id="3" name="s" type="Const"><data element_type="f16" shape="2" offset="24" size="4"/></layer>
            <layer id="4" name="p" type="PReLU"><data/></layer>
            <layer id="5" name="a" type="AvgPool">
            <data kernel="4,4" strides="1,1" pads_begin="0,0" pads_end="0,0" exclude-pad="true"/></layer>
            <layer id="6" name="r" type="Result"/></layers><edges>
            <edge from-layer="0" to-layer="2" to-port="0"/><edge from-layer="1" to-layer="2" to-port="1"/>
            <edge from-layer="2" to-layer="4" to-port="0"/><edge from-layer="3" to-layer="4" to-port="1"/>
            <edge from-layer="4" to-layer="5" to-port="0"/><edge from-layer="5" to-layer="6" to-port="0"/></edges></net>
            """;
        byte[] weights = [.. MemoryMarshal.AsBytes<float>([1, 2, 3, 4, 5, 6]), .. MemoryMarshal.AsBytes<Half>([(Half)0.25, (Half)0.5])];
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)weights.Length);
        yield return [.. length, .. weights, .. System.Text.Encoding.UTF8.GetBytes(graph)];
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2)
            return;
        int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(input), input.Length - 2);
        byte[] weights = [.. input.Slice(2, length)];
        ConvertedNetwork network = OpenVinoToOnnx.Run(
            OpenVinoFile.Read(new MemoryStream([.. input[(2 + length)..]])), new OpenVinoWeights(weights));
        _ = OnnxFile.CountParameters(network.Content);
    }

    public override bool Allows(Exception failure) => failure is InvalidDataException;
}
