using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Models;

/// <summary>Compares converted layers with plain loops.</summary>
public sealed class OpenVinoToOnnxTests
{
    private const int Side = 6;

    private readonly Random _random = new(7);
    private readonly MadeOpenVino _made = new();

    private float[] Picture => field ??= Weights(3 * Side * Side);

    private int AddInput() => _made.Add("Parameter", $"element_type=f32 shape=1,3,{Side},{Side}");

    [Theory]
    [InlineData("strides=1,1 dilations=1,1 pads_begin=0,0 pads_end=0,0", 1, 1, 0, 0, 0, 0, 1)]
    [InlineData("strides=2,1 dilations=1,1 pads_begin=1,0 pads_end=0,1", 2, 1, 1, 0, 0, 1, 1)]
    [InlineData("strides=1,1 dilations=2,2 pads_begin=2,1 pads_end=1,2", 1, 1, 2, 1, 1, 2, 2)]
    [InlineData("strides=1,1 dilations=1,1 pads_begin=9,9 pads_end=9,9 auto_pad=valid", 1, 1, 0, 0, 0, 0, 1)]
    public void AConvolutionIsThatOfOpenVino(string data, int down, int right, int top, int left, int bottom, int end, int dilation)
    {
        float[] weights = Weights(4 * 3 * 3 * 2);
        int input = AddInput();
        _made.Add("Result", "", _made.Add("Convolution", data, input, _made.AddWeights("4,3,3,2", weights)));
        int height = ((Side + top + bottom - (2 * dilation) - 1) / down) + 1, width = ((Side + left + end - dilation - 1) / right) + 1;
        AssertGives([1, 4, height, width], Each(4, height, width, (channel, y, x) =>
        {
            float sum = 0;
            for (int i = 0; i < 3 * 3 * 2; i++)
            {
                (int from, int ky, int kx) = (i / 6, i / 2 % 3, i % 2);
                sum += weights[(channel * 18) + i] * At(from, (y * down) + (ky * dilation) - top, (x * right) + (kx * dilation) - left);
            }

            return sum;
        }));
    }

    [Fact]
    public void GroupsBiasesAndConstantsOnEitherSideAreThoseOfOpenVino()
    {
        float[] weights = Weights(3 * 2), bias = Weights(6), factor = Weights(3);
        int input = AddInput(), scaled = _made.Add("Multiply", "auto_broadcast=numpy", _made.AddWeights("3,1,1", factor), input);
        int grouped = _made.Add("GroupConvolution", "strides=1,1 dilations=1,1 pads_begin=0,0 pads_end=0,0", scaled,
            _made.AddWeights("3,2,1,1,1", weights));
        _made.Add("Result", "", _made.Add("Add", "", _made.AddWeights("1,6,1,1", bias), grouped));
        AssertGives([1, 6, Side, Side], Each(6, Side, Side, (channel, y, x) =>
            (weights[channel] * factor[channel / 2] * At(channel / 2, y, x)) + bias[channel]));
    }

    [Fact]
    public void AConstantThatIsNoBiasStaysAnAddition()
    {
        float[] weights = Weights(3 * 3), one = Weights(1), row = Weights(Side);
        int input = AddInput();
        int convolved = _made.Add("Convolution", "strides=1,1 dilations=1,1 pads_begin=0,0 pads_end=0,0", input,
            _made.AddWeights("3,3,1,1", weights));
        int added = _made.Add("Add", "", convolved, _made.AddWeights("1", one));
        _made.Add("Result", "", _made.Add("Add", "", added, _made.AddWeights($"1,1,1,{Side}", row)));
        AssertGives([1, 3, Side, Side], Each(3, Side, Side, (channel, y, x) =>
            Enumerable.Range(0, 3).Sum(from => weights[(3 * channel) + from] * At(from, y, x)) + one[0] + row[x]));
    }

    [Fact]
    public void AValueThatTwoLayersReadIsComputedOnce()
    {
        float[] weights = Weights(3 * 3), bias = Weights(3);
        int input = AddInput();
        int convolved = _made.Add("Convolution", "strides=1,1 dilations=1,1 pads_begin=0,0 pads_end=0,0", input,
            _made.AddWeights("3,3,1,1", weights));
        int biased = _made.Add("Add", "", convolved, _made.AddWeights("1,3,1,1", bias));
        _made.Add("Result", "", _made.Add("Multiply", "", convolved, _made.Add("Sigmoid", "", biased)));
        AssertGives([1, 3, Side, Side], Each(3, Side, Side, (channel, y, x) =>
        {
            float value = Enumerable.Range(0, 3).Sum(from => weights[(3 * channel) + from] * At(from, y, x));
            return value / (1 + MathF.Exp(-value - bias[channel]));
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void SlopesOfOneOrOfEachChannelAreThoseOfOpenVino(int count)
    {
        float[] slopes = Weights(count);
        int input = AddInput();
        _made.Add("Result", "", _made.Add("PReLU", "", input, _made.AddWeights($"{count}", slopes)));
        AssertGives([1, 3, Side, Side], Each(3, Side, Side,
            (channel, y, x) => At(channel, y, x) * (At(channel, y, x) < 0 ? slopes[channel % count] : 1)));
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("False", 1)]
    [InlineData("false", 0)]
    public void AnAverageCountsItsPaddingAsOpenVinoDoes(string excludes, int pad)
    {
        int input = AddInput();
        _made.Add("Result", "", _made.Add("AvgPool",
            $"kernel=3,2 strides=2,2 pads_begin={pad},{pad} pads_end={pad},0 exclude-pad={excludes} rounding_type=floor", input));
        int height = ((Side + (2 * pad) - 3) / 2) + 1, width = ((Side + pad - 2) / 2) + 1;
        AssertGives([1, 3, height, width], Each(3, height, width, (channel, y, x) =>
        {
            (float sum, int inside) = (0, 0);
            for (int i = 0; i < 6; i++)
            {
                (int row, int column) = ((2 * y) + (i / 2) - pad, (2 * x) + (i % 2) - pad);
                sum += At(channel, row, column);
                inside += row is >= 0 and < Side && column is >= 0 and < Side ? 1 : 0;
            }

            return sum / (excludes == "true" ? inside : 6);
        }));
    }

    [Fact]
    public void AnAverageOverTheWholePictureIsOneNumberForEachChannel()
    {
        int input = AddInput();
        _made.Add("Result", "", _made.Add("AvgPool",
            $"kernel={Side},{Side} strides=9,9 pads_begin=0,0 pads_end=0,0 exclude-pad=true rounding_type=floor", input));
        AssertGives([1, 3, 1, 1], Each(3, 1, 1, (channel, _, _) => Picture.Skip(channel * Side * Side).Take(Side * Side).Average()));
    }

    [Fact]
    public void WeightsAloneAreNotComputed()
    {
        _ = AddInput();
        int sum = _made.Add("Add", "", _made.AddWeights("1", [1]), _made.AddWeights("1", [2]));
        _made.Add("Result", "", sum);
        Assert.Contains("weights only", Assert.Throws<InvalidDataException>(_made.Convert).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sigmoid", "has 2 inputs")]
    [InlineData("Convolution", "has weights of an unknown shape")]
    [InlineData("PReLU", "has 3 slopes, which do not fit the input 1 x 1 x 6 x 6")]
    public void LayersThatDoNotFitAreNamed(string kind, string why)
    {
        int input = AddInput(), one = _made.Add("Convolution", "strides=1,1 dilations=1,1 pads_begin=0,0 pads_end=0,0", input,
            _made.AddWeights("1,3,1,1", Weights(3)));
        _made.Add("Result", "", _made.Add(kind, "strides=1,1 dilations=1,1", one, _made.AddWeights("3", Weights(3))));
        Assert.Contains(why, Assert.Throws<InvalidDataException>(_made.Convert).Message, StringComparison.Ordinal);
    }

    private static float[] Each(int channels, int height, int width, Func<int, int, int, float> value) =>
    [
        .. Enumerable.Range(0, channels * height * width)
            .Select(i => value(i / (height * width), i / width % height, i % width)),
    ];

    private float At(int channel, int y, int x) =>
        y is >= 0 and < Side && x is >= 0 and < Side ? Picture[(((channel * Side) + y) * Side) + x] : 0;

    /// <summary>Numbers that 16 bits hold exactly.</summary>
    private float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(Half)((2 * _random.NextSingle()) - 1))];

    private void AssertGives(long[] shape, float[] expected)
    {
        ConvertedNetwork converted = _made.Convert();
        Assert.Equal(shape, converted.Output);
        using Network network = new("made", converted.Content);
        Picture.CopyTo(network.Input(Side, Side));
        float[] values = [];
        network.Run((_, output) => values = output.ToArray());
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }
}
