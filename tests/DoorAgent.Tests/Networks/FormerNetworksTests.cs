using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Networks;

/// <summary>Tests networks that an earlier version had built in under the ids of today's.</summary>
public sealed class FormerNetworksTests : IDisposable
{
    private static readonly byte[] Before = [1, 2, 3], Today = [4, 5, 6];

    private static readonly CatalogueEntry Encoder = Catalogue.Embedded.Find(Catalogue.BuiltInEncoder) with
    {
        Bytes = Today.Length,
        Sha256 = ModelStore.Digest(Today),
        Calibration = [Table("yunet-n"), Table("door-detector")],
    };

    private static readonly CatalogueEntry FormerEncoder = Encoder with
    {
        Id = "door-encoder-1",
        File = "door-encoder-1.onnx",
        Formerly = "door-encoder",
        Sha256 = ModelStore.Digest(Before),
        Calibration = [Table("yunet-n"), Table("door-detector-1")],
    };

    private static readonly CatalogueEntry Detector = Catalogue.Embedded.Find(Catalogue.BuiltInDetector), FormerDetector = Detector with
    {
        Id = "door-detector-1",
        File = "door-detector-1.onnx",
        Formerly = "door-detector",
        Sha256 = new string('1', 64),
    };

    private static readonly Catalogue Both = Catalogue.Containing(
        [FormerDetector, Detector, FormerEncoder, Encoder, Catalogue.Embedded.Find("yunet-n")]);

    private readonly TempFolder _folder = new();

    private ModelStore Store => new([_folder.File("added"), _folder.File("builtin")], Both);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheDigestTellsWhichNetworkMadeEncodings()
    {
        Assert.Equal("door-encoder-1", Both.IdOf("door-encoder", FormerEncoder.Sha256));
        Assert.Equal("door-encoder", Both.IdOf("door-encoder", Encoder.Sha256));
        Assert.Equal("door-encoder", Both.IdOf("door-encoder", new string('2', 64)));
        Assert.Equal("own-mine", Both.IdOf("own-mine", FormerEncoder.Sha256));
        Assert.Equal("door-encoder-1", Both.IdOf("door-encoder-1", FormerEncoder.Sha256));
    }

    [Theory]
    [InlineData("door-encoder-1", "door-detector", "door-detector-1")]
    [InlineData("door-encoder-1", "door-detector-1", "door-detector-1")]
    [InlineData("door-encoder-1", "yunet-n", "yunet-n")]
    [InlineData("door-encoder", "door-detector", "door-detector")]
    [InlineData("door-encoder", "door-detector-1", "door-detector-1")]
    public void AFormerEncoderKeepsTheDetectorOfItsTime(string encoder, string set, string used) =>
        Assert.Equal(used, Both.DetectorFor(Both.Find(encoder), set).Id);

    [Fact]
    public void WhereOnlyTheEncoderChangedTheDetectorStays()
    {
        CatalogueEntry encoder = FormerEncoder with { Calibration = [Table("door-detector")] };
        Assert.Equal("door-detector", Catalogue.Containing([FormerDetector, Detector, encoder]).DetectorFor(encoder, "door-detector").Id);
    }

    [Fact]
    public void ATableKnowsTheDetectorThatItWasMeasuredWith()
    {
        CalibrationFile table = new("own-mine", "", "door-detector", "nearest", [], "", "", 0, 0, 0, default);
        Assert.Equal("door-detector-1", table.DetectorIn(Both.Entries)!.Id);
        Assert.Equal("door-detector-1", (table with { DetectorSha256 = FormerDetector.Sha256 }).ToEntry(Both.Entries).Detector);
        Assert.Equal("door-detector", (table with { DetectorSha256 = Detector.Sha256 }).ToEntry(Both.Entries).Detector);
        Assert.Null((table with { DetectorSha256 = new string('2', 64) }).DetectorIn(Both.Entries));
        Assert.Equal("yunet-n", (table with { Detector = "yunet-n" }).DetectorIn(Catalogue.Embedded.Entries)!.Id);
    }

    [Fact]
    public void AnEncoderOfOnesOwnKeepsTheDetectorOfItsTable()
    {
        CatalogueEntry own = Encoder with { Id = "own-mine", Calibration = [Table("door-detector-1")] };
        Assert.Equal("door-detector-1", Both.DetectorFor(own, "door-detector").Id);
        Assert.Equal("door-detector", Both.DetectorFor(own with { Calibration = [.. own.Calibration, Table("door-detector")] },
            "door-detector").Id);
        Assert.Equal("door-detector", Both.DetectorFor(own with { Calibration = [] }, "door-detector").Id);
    }

    [Fact]
    public void WhatIsSaidOfTheBuiltInNetworksHoldsForFormerOnes()
    {
        Assert.True(Both.IsOrWas("door-detector", Catalogue.BuiltInDetector));
        Assert.True(Both.IsOrWas("door-detector-1", Catalogue.BuiltInDetector));
        Assert.False(Both.IsOrWas("yunet-n", Catalogue.BuiltInDetector));
        Assert.False(Both.IsOrWas("door-encoder-1", Catalogue.BuiltInDetector));
    }

    // A site's distance from before the upgrade goes on with the former encoder, and is refused with the new one.
    [Fact]
    public void ASitesDistanceBelongsToOneEncoder()
    {
        Assert.Equal("door-encoder", Both.MeasuredNameOf("door-encoder-1"));
        Assert.Equal($"door-encoder@{Encoder.Sha256[..8]}", Both.MeasuredNameOf("door-encoder"));
        Assert.Equal(("yunet-n", "own-mine"), (Both.MeasuredNameOf("yunet-n"), Both.MeasuredNameOf("own-mine")));
        Assert.Equal("door-encoder", Catalogue.Containing([Encoder]).MeasuredNameOf("door-encoder"));
        Assert.Equal(("door-detector", "door-detector", "yunet-n"),
            (Both.LineOf("door-detector-1"), Both.LineOf("door-detector"), Both.LineOf("yunet-n")));
    }

    // 'models import' of an earlier version may have put the file there, or an operator has kept a copy.
    [Fact]
    public void AFormerNetworkUnderItsOldNameIsFoundAndDoesNotHideTodays()
    {
        Put("added/door-encoder.onnx", Before);
        string today = Put("builtin/door-encoder.onnx", Today);
        Assert.Equal(today, Store.Locate(Encoder));
        Assert.Equal(_folder.File("added/door-encoder.onnx"), Store.Locate(FormerEncoder));
        Assert.Equal(Before, Store.Open(FormerEncoder).Content);
        string kept = Put("builtin/door-encoder-1.onnx", Before);
        Assert.Equal(kept, Store.Locate(FormerEncoder));
    }

    // Another file under the name of the built-in network is refused, as ever.
    [Fact]
    public void AnyOtherFileIsNeitherOfThem()
    {
        string other = Put("added/door-encoder.onnx", [7, 8, 9]);
        Put("builtin/door-encoder.onnx", Today);
        Assert.Equal(other, Store.Locate(Encoder));
        Assert.Contains("is not door-encoder", Assert.Throws<UserErrorException>(() => Store.Open(Encoder)).Message, StringComparison.Ordinal);
        Assert.Null(Store.Locate(FormerEncoder));
        string why = Assert.Throws<UserErrorException>(() => Store.Open(FormerEncoder)).Message;
        Assert.Contains("'dooragent people re-encode --encoder door-encoder'", why, StringComparison.Ordinal);
        Assert.Contains("'dooragent models import DIR'", why, StringComparison.Ordinal);
    }

    private string Put(string name, byte[] content)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static CalibrationEntry Table(string detector) => new(detector, "nearest", [new CalibrationRow(1e-3, 1)]);
}
