using System.Runtime.InteropServices;
using System.Xml.Linq;
using DoorAgent.Encodings;
using DoorAgent.Faces;
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

    private ConvertedModel Import(OpenVinoFiles files)
    {
        (string xml, string bin) = files.Write(_folder.Path);
        return OpenVinoImport.Run(xml, bin, Target);
    }
}
