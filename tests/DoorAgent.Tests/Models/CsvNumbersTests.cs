using System.Globalization;
using CsCheck;
using DoorAgent.Models;

namespace DoorAgent.Tests.Models;

public sealed class CsvNumbersTests
{
    [Theory]
    [InlineData("1,2,3\n4,5,6\n")]
    [InlineData("1\n2\n3\n4\n5\n6")]
    [InlineData("1, 2,3, 4,5 ,6\r\n\r\n")]
    [InlineData("1e0,2.0,+3,4.,.5e1,6")]
    public void LineBreaksDoNotMatter(string text)
    {
        float[] numbers = new float[6];
        Assert.Null(CsvNumbers.Fill(text, numbers, false, "6 numbers"));
        Assert.Equal([1, 2, 3, 4, 5, 6], numbers);
    }

    [Theory]
    [InlineData("", "0 numbers, must be 6 numbers")]
    [InlineData("1,2,3,4,5", "5 numbers, must be 6 numbers")]
    [InlineData("1,2,3,4,5,6,7", "7 numbers, must be 6 numbers")]
    [InlineData("1,2,3\n4,5\n6", "line 2 has 2 numbers, and the lines before have 3")]
    [InlineData("1,2,3\n4,five,6", "line 2, value 2 is not a number: 'five'")]
    [InlineData("1,2,3,4,5,", "line 1, value 6 is not a number: ''")]
    [InlineData("1,2,3,4,5,nan", "line 1, value 6 is nan, which is not finite")]
    [InlineData("1,2,3,4,5,-Infinity", "line 1, value 6 is -Infinity, which is not finite")]
    [InlineData("1,2,3,4,5,1e60", "line 1, value 6 is 1e60, which is not finite")]
    [InlineData("<!DOCTYPE HTML>\n<html>", "line 1, value 1 is not a number: '<!DOCTYPE HTML>'")]
    [InlineData("1;2;3;4;5;6;7;8;9;10;11", "line 1, value 1 is not a number: '1;2;3;4;5;6;7;8;9;10...'")]
    public void TheProblemIsReported(string text, string problem) =>
        Assert.Equal(problem, CsvNumbers.Fill(text, new float[6], false, "6 numbers"));

    [Fact]
    public void AVarianceIsNeverNegative()
    {
        Assert.Equal("line 1, value 2 is -1, and a variance is finite and not negative",
            CsvNumbers.Fill("1,-1", new float[2], true, "2 numbers"));
        Assert.Null(CsvNumbers.Fill("1,0", new float[2], true, "2 numbers"));
    }

    [Fact]
    public void NumbersAreReadBackExactly() =>
        Gen.Select(Gen.Float.Where(float.IsFinite).Array[1, 60], Gen.Int[1, 60]).Sample((numbers, width) =>
    {
        width = numbers.Length % width == 0 ? width : numbers.Length;
        string text = string.Join('\n', numbers.Chunk(width)
            .Select(row => string.Join(',', row.Select(number => number.ToString(CultureInfo.InvariantCulture)))));
        float[] read = new float[numbers.Length];
        Assert.Null(CsvNumbers.Fill(text, read, false, ""));
        Assert.Equal(numbers.Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
    });
}
