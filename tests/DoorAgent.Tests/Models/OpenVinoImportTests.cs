using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class OpenVinoImportTests : IDisposable
{
    private static readonly CatalogueEntry Entry = Catalogue.Embedded.Find("face-reid-0095");

    private readonly TempFolder _folder = new();

    private string Target => _folder.File("models");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Fp32")]
    [InlineData("Fp16")]
    [InlineData("Compressed")]
    public void EveryPrecisionGivesTheFileThatTheCatalogueNamesByteForByte(string precision)
    {
        ConvertedModel made = Import(precision switch
        {
            "Fp32" => OpenVinoFiles.Fp32(),
            "Fp16" => OpenVinoFiles.Fp16(),
            _ => OpenVinoFiles.Compressed(),
        });
        Assert.True(made is { IsExact: true, WasThere: false });
        Assert.Equal(File.ReadAllBytes(Shared.Need($"models/{Entry.File}")), File.ReadAllBytes(made.Path));
        Assert.Equal([made.Path], Directory.GetFiles(Target));
        Assert.Equal(Entry.Sha256, new ModelStore([Target]).Open(Entry).Entry.Sha256);
    }

    [Fact]
    public void TheConvertedNetworkIsProvenAndEncodesLikeTheGivenOne()
    {
        Import(OpenVinoFiles.Compressed());
        using FacePipeline made = Open(Target), given = Open(Shared.Need("models"));
        Assert.Equal(given.EncoderDigest, made.EncoderDigest);
        Frame frame = new();
        foreach (string picture in (string[])["adam/enrol-1.jpg", "nora/enrol-1.jpg"])
        {
            string path = Path.Combine(Places.BuiltInPeople, picture);
            Assert.InRange(made.Encode(path, frame).DistanceTo(given.Encode(path, frame)), 0, 1e-3f);
        }
    }

    [Fact]
    public void OtherWeightsWithTheKnownAnswerGetADigestOfTheirOwn()
    {
        OpenVinoFiles files = OpenVinoFiles.Fp32();
        MemoryMarshal.Cast<byte, float>(files.Weights.AsSpan())[^1] *= 1.01f;
        ConvertedModel other = Import(files);
        Assert.False(other.IsExact);
        CatalogueEntry opened = new ModelStore([Target]).Open(Entry).Entry;
        Assert.Equal((other.Entry.Sha256, Entry.KnownAnswer), (opened.Sha256, opened.KnownAnswer));
        Assert.NotNull(new ModelStore([Target]).Find(Entry));
        using (FacePipeline pipeline = Open(Target))
            Assert.Equal(other.Entry.Sha256, Convert.ToHexStringLower(pipeline.EncoderDigest));

        Assert.True(Import(OpenVinoFiles.Fp32()) is { IsExact: true, WasThere: false });
        Assert.Equal([Path.Combine(Target, Entry.File)], Directory.GetFiles(Target));
    }

    [Fact]
    public void ASidecarOfAnotherFileDoesNotHelpAChangedFile()
    {
        string path = Import(OpenVinoFiles.Fp32()).Path;
        byte[] changed = File.ReadAllBytes(path);
        changed[^100_000] ^= 1;
        File.WriteAllBytes(path, changed);
        Assert.Contains("is not face-reid-0095", WhyNotOpened(), StringComparison.Ordinal);
        File.WriteAllBytes(ModelSidecar.PathFor(path), new ModelSidecar(1, new string('0', 64), Entry.KnownAnswer).ToJson());
        Assert.Contains("is not face-reid-0095", WhyNotOpened(), StringComparison.Ordinal);
        File.WriteAllText(ModelSidecar.PathFor(path), "{}");
        Assert.Contains("models pull face-reid-0095", WhyNotOpened(), StringComparison.Ordinal);

        string WhyNotOpened() => Assert.Throws<UserErrorException>(() => new ModelStore([Target]).Open(Entry)).Message;
    }

    [Fact]
    public void WeightsOfNothingAreRefusedByTheKnownAnswer()
    {
        OpenVinoFiles files = OpenVinoFiles.Fp32();
        Random random = new(1);
        foreach (ref float weight in MemoryMarshal.Cast<byte, float>(files.Weights.AsSpan()))
            weight = (random.NextSingle() - 0.5f) / 10;
        Assert.Contains("away from the right one", WhyRefused(files), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is of a kind that is not known", "Sigmoid", "type", "Einsum")]
    [InlineData("reads a layer that is missing", "Sigmoid", "id", "100000")]
    [InlineData("has the id 0 of another layer", "Sigmoid", "id", "0")]
    [InlineData("must be a picture", "Parameter", "data shape", "1,3,128")]
    [InlineData("must be a picture", "Parameter", "data shape", "1,3,1000000000,1000000000")]
    [InlineData("it has a <layer> without type", "Parameter", "type", null)]
    [InlineData("type u8", "Parameter", "data element_type", "u8")]
    [InlineData("type i64", "Const", "data element_type", "i64")]
    [InlineData("has no shape", "Const", "data shape", null)]
    [InlineData("claims 1,099,511,627,776 bytes", "Const", "data size", "1099511627776")]
    [InlineData("belongs to another graph", "Const", "data offset", "9223372036854775807")]
    [InlineData("must be whole numbers", "Const", "data offset", "-4")]
    [InlineData("must be whole numbers", "Const", "data size", "99999999999999999999999")]
    [InlineData("do not fit the shape", "Const", "data size", "8")]
    [InlineData("do not fit the shape", "Const", "data shape", "4294967296,4294967296,4294967296")]
    [InlineData("do not fit the shape", "Const", "data shape", "1,0,1,1")]
    [InlineData("the output 1 x 3 x 1 x 1, but its inputs give 3", "Const", "data shape", "3")]
    [InlineData("two numbers of a usual size", "Convolution", "data strides", "0,2")]
    [InlineData("two numbers of a usual size", "Convolution", "data pads_begin", "1")]
    [InlineData("which does not fit", "Convolution", "data pads_begin", "4000,4000")]
    [InlineData("its inputs give", "Convolution", "data strides", "1,1")]
    [InlineData("auto_pad same_upper", "Convolution", "data auto_pad", "same_upper")]
    [InlineData("exclude-pad", "AvgPool", "data exclude-pad", "perhaps")]
    [InlineData("which does not fit", "AvgPool", "data kernel", "64,64")]
    public void AWrongGraphIsRefusedAndNothingIsWritten(string why, string kind, string attribute, string? value)
    {
        OpenVinoFiles files = OpenVinoFiles.Fp32();
        XElement layer = files.Of(kind).First();
        (attribute.StartsWith("data ", StringComparison.Ordinal) ? layer.Element("data")! : layer)
            .SetAttributeValue(attribute.Split(' ')[^1], value);
        Assert.Contains(why, WhyRefused(files), StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsThatAreCutOffAreRefused()
    {
        OpenVinoFiles files = OpenVinoFiles.Fp16();
        files.Weights = files.Weights[..^1];
        Assert.Contains("it is cut off, or belongs to another graph", WhyRefused(files), StringComparison.Ordinal);
        files.Weights = [];
        Assert.Contains("has 0: it is cut off", WhyRefused(files), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e9f)]
    public void AWeightThatIsNoNumberOf16BitsIsRefused(float weight)
    {
        OpenVinoFiles files = OpenVinoFiles.Fp32();
        MemoryMarshal.Cast<byte, float>(files.Weights.AsSpan())[1000] = weight;
        Assert.Contains("not a finite number", WhyRefused(files), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherNetworkIsRefusedWithTheNextStep()
    {
        OpenVinoFiles files = OpenVinoFiles.Fp32();
        XElement last = files.Of("Result").Single(), edges = files.Graph.Element("edges")!;
        // The result is now what the second last layer gives.
        edges.Elements().Last().SetAttributeValue("from-layer", files.Of("Convolution").SkipLast(1).Last().Attribute("id")!.Value);
        Assert.Contains("models add", WhyRefused(files), StringComparison.Ordinal);
        last.Remove();
        Assert.Contains("one output (Result)", WhyRefused(files), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is not XML")]
    [InlineData("no XML at all", "it is not XML")]
    [InlineData("<net version=\"11\"><layers>", "it is not XML, is cut off")]
    [InlineData("<model/>", "begins with <model>")]
    [InlineData("<net version=\"7\"/>", "has the version 7")]
    [InlineData("<net/>", "has the version none")]
    [InlineData("<net version=\"11\"/>", "one input (Parameter)")]
    [InlineData("<!DOCTYPE net [<!ENTITY a SYSTEM \"/etc/hostname\">]><net version=\"10\">&a;</net>", "defines entities")]
    [InlineData("<!DOCTYPE net [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><net version=\"10\">&b;</net>", "defines entities")]
    public void ATextThatIsNoGraphIsRefused(string text, string why)
    {
        string xml = _folder.Write("graph.xml", text), bin = _folder.Write("graph.bin", "");
        Assert.Contains(why, Refusal(xml, bin), StringComparison.Ordinal);
    }

    [Fact]
    public void AGraphThatIsChangedAtRandomIsConvertedOrRefused()
    {
        OpenVinoFiles files = OpenVinoFiles.Fp16();
        OpenVinoWeights weights = new(files.Weights);
        string good = files.Graph.ToString(SaveOptions.DisableFormatting);
        const string letters = "0123456789,-<>\"=/ abcf&;";
        Random random = new(5);
        int refused = 0;
        for (int run = 0; run < 200; run++)
        {
            char[] text = good.ToCharArray();
            // Half of the changes are of numbers only, so that the text stays XML.
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(text.Length);
                if (run % 2 == 0)
                    text[at] = letters[random.Next(letters.Length)];
                else if (Array.FindIndex(text, at, char.IsAsciiDigit) is var digit and >= 0)
                    text[digit] = letters[random.Next(10)];
            }

            try
            {
                OpenVinoToOnnx.Run(OpenVinoFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))), weights);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 200);
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        string xml = _folder.Write("graph.xml", "<net version=\"11\"/>");
        Assert.Contains("weights.bin", Refusal(xml, _folder.File("weights.bin")), StringComparison.Ordinal);
        Assert.Contains("nowhere.xml", Refusal(_folder.File("nowhere.xml"), xml), StringComparison.Ordinal);
        Assert.Contains("nothing was written", Refusal(_folder.Path, xml), StringComparison.Ordinal);
    }

    private static FacePipeline Open(string models) =>
        FacePipelineFactory.Open(new Places("", [models, Places.BuiltInModels]), new FaceOptions(), Entry.Id);

    private ConvertedModel Import(OpenVinoFiles files)
    {
        (string xml, string bin) = files.Write(_folder.Path);
        return OpenVinoImport.Run(xml, bin, Target);
    }

    private string WhyRefused(OpenVinoFiles files)
    {
        (string xml, string bin) = files.Write(_folder.Path);
        return Refusal(xml, bin);
    }

    private string Refusal(string xml, string bin)
    {
        string why = Assert.Throws<UserErrorException>(() => OpenVinoImport.Run(xml, bin, Target)).Message;
        Assert.Contains("nothing was written", why, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
        return why;
    }
}
