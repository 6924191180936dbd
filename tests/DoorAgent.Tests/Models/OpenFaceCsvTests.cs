using DoorAgent.Models;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

public sealed class OpenFaceCsvTests : IDisposable
{
    private static readonly OnnxArray[] Arrays =
    [
        new("conv1_w_h", 10, [2, 1, 1, 2], 0, 8), new("conv1_b", 1, [2], 0, 8),
        new("bn1_w", 1, [2], 0, 8), new("bn1_v", 1, [2], 0, 8), new("dense_w_h", 10, [1, 3], 0, 6),
    ];

    private readonly TempFolder _folder = new();

    public OpenFaceCsvTests()
    {
        _folder.Write("conv1_w.csv", "1,2,3,4");
        _folder.Write("conv1_b.csv", "5,6");
        _folder.Write("bn1_w.csv", "7,8");
        _folder.Write("bn1_v.csv", "9,10");
        _folder.Write("dense_w.csv", "11,12,13");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachArrayIsReadFromTheFileWithItsName()
    {
        OpenFaceWeights weights = OpenFaceCsv.Read(_folder.Path, Arrays);
        Assert.Equal([1, 2, 3, 4], weights.Values["conv1_w_h"]);
        Assert.Equal([9, 10], weights.Values["bn1_v"]);
        Assert.Equal(Arrays.Length, weights.Values.Count);
        Assert.Empty(weights.Unused);
    }

    [Fact]
    public void AnUnusedFileIsNamedAndIgnored()
    {
        // The published folder has two such files.
        _folder.Write("bn9_v.csv", "1");
        _folder.Write("README.md", "");
        Assert.Equal(["bn9_v.csv"], OpenFaceCsv.Read(_folder.Path, Arrays).Unused);
    }

    [Fact]
    public void AllProblemsAreReportedTogether()
    {
        File.Delete(_folder.File("conv1_w.csv"));
        _folder.Write("conv1_b.csv", "5,six");
        _folder.Write("bn1_w.csv", "7,8,9");
        _folder.Write("bn1_v.csv", "9,-1");
        _folder.Write("dense_w.csv", "11,NaN,13");
        _folder.Write("conv1_weights.csv", "1,2,3,4");
        string[] lines = WhyRefused().Split(Environment.NewLine);
        Assert.Equal(
        [
            $"The weights in {_folder.Path} cannot be used, and nothing was written. 5 of 5 files are wrong:",
            "  conv1_w.csv: missing (2 x 1 x 1 x 2 = 4 numbers)",
            "  conv1_b.csv: line 1, value 2 is not a number: 'six'",
            "  bn1_w.csv: 3 numbers, must be 2 numbers",
            "  bn1_v.csv: line 1, value 2 is -1, and a variance is finite and not negative",
            "  dense_w.csv: line 1, value 2 is NaN, which is not finite",
            "  conv1_weights.csv: belongs to no array of this network",
        ], lines);
    }

    [Fact]
    public void OneMistakeInManyFilesIsOneLine()
    {
        foreach (OnnxArray array in Arrays)
            _folder.Write(OpenFaceCsv.FileOf(array), "<!DOCTYPE HTML>");
        Assert.EndsWith(
            $"{Environment.NewLine}  bn1_v.csv, bn1_w.csv, conv1_b.csv, conv1_w.csv, dense_w.csv: "
            + "line 1, value 1 is not a number: '<!DOCTYPE HTML>'",
            WhyRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsTooLargeIsNotRead()
    {
        File.WriteAllBytes(_folder.File("bn1_w.csv"), new byte[1_000_000]);
        Assert.Contains("bn1_w.csv: 1,000,000 bytes are too many for 2 numbers", WhyRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithoutTheFilesIsReportedInOneLine()
    {
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.Delete(file);
        Assert.EndsWith("has none of the 5 files of the weights, such as conv1_w.csv.", WhyRefused(), StringComparison.Ordinal);
        Assert.Contains("There is no folder",
            Assert.Throws<UserErrorException>(() => OpenFaceCsv.Read(_folder.File("nowhere"), Arrays)).Message, StringComparison.Ordinal);
    }

    private string WhyRefused() => Assert.Throws<UserErrorException>(() => OpenFaceCsv.Read(_folder.Path, Arrays)).Message;
}
