using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware.Tests.Settings;

public sealed class OptionErrorsTests
{
    [Theory]
    [InlineData(1, null)]
    [InlineData(5, null)]
    [InlineData(0, "Sample:Count is 0; allowed: 1 to 5.")]
    [InlineData(6, "Sample:Count is 6; allowed: 1 to 5.")]
    public void ANumberIsCheckedAgainstItsRange(int count, string? error) =>
        Assert.Equal(error, Of(options => options.Count = count).SingleOrDefault());

    [Theory]
    [InlineData(1e-12, null)]
    [InlineData(2, null)]
    [InlineData(0, "Sample:Rate is 0; allowed: above 0, up to 2: nobody would come in.")]
    [InlineData(2.000001, "Sample:Rate is 2.000001; allowed: above 0, up to 2: nobody would come in.")]
    [InlineData(double.NaN, "Sample:Rate is NaN; allowed: above 0, up to 2: nobody would come in.")]
    [InlineData(double.PositiveInfinity, "Sample:Rate is Infinity; allowed: above 0, up to 2: nobody would come in.")]
    public void ARangeMayExcludeItsLowerEndAndSayWhy(double rate, string? error) =>
        Assert.Equal(error, Of(options => options.Rate = rate).SingleOrDefault());

    [Theory]
    [InlineData(49.999, "Sample:Wait is 49.999 ms; allowed: 50 ms to 15 min.")]
    [InlineData(50, null)]
    [InlineData(900_000, null)]
    [InlineData(900_001, "Sample:Wait is 900.001 s; allowed: 50 ms to 15 min.")]
    public void ATimeIsCheckedAgainstARangeWrittenInUnits(double milliseconds, string? error) =>
        Assert.Equal(error, Of(options => options.Wait = TimeSpan.FromMilliseconds(milliseconds)).SingleOrDefault());

    [Fact]
    public void AValueOutsideItsListIsRefusedWithTheWholeList()
    {
        Assert.Equal("Sample:Word is maybe; allowed: yes, no.", Assert.Single(Of(options => options.Word = "maybe")));
        Assert.Equal("Sample:Word is Yes; allowed: yes, no.", Assert.Single(Of(options => options.Word = "Yes")));
        Assert.Empty(Of(options => options.Word = "no"));
    }

    [Fact]
    public void AnUndefinedEnumerationValueIsRefusedWithoutAnAttribute() =>
        Assert.Equal("Sample:Kind is 7; allowed: one-word, other.", Assert.Single(Of(options => options.Kind = (Kinds)7)));

    [Fact]
    public void AnUnsetValueIsNotCheckedUnlessARuleRequiresACheck() =>
        Assert.Empty(Of(options => (options.Word, options.Rate) = (null, null)));

    [Fact]
    public void EachValueIsCheckedBeforeTheRulesAmongThem()
    {
        Assert.Equal(
            ["Sample:Count is 9; allowed: 1 to 5.", "Sample:Late is 1 after 1 before"],
            Of(options => (options.Count, options.IsLate) = (9, true)));
        Assert.Equal(["Sample:Late is 1 after 0 before"], Of(options => options.IsLate = true));
    }

    [Fact]
    public void ARangeThatIsNotATimeFailsAtOnce() => Assert.Throws<FormatException>(() => new RangeAttribute("1 s", "1 week"));

    private static IReadOnlyList<string> Of(Action<Sample> set)
    {
        Sample options = new();
        set(options);
        return [.. OptionErrors.Of(options).Select(message => message.Replace(": so many ", " after ", StringComparison.Ordinal))];
    }

    internal enum Kinds
    {
        OneWord,
        Other,
    }

    internal sealed class Sample : ICheckedOptions
    {
        public static string Section => "Sample";

        [Range(1, 5)]
        public int Count { get; set; } = 1;

        [Range(0, 2, IsMinExcluded = true, Why = "nobody would come in")]
        public double? Rate { get; set; }

        [Range("50 ms", "15 min")]
        public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(1);

        [OneOf("yes", "no")]
        public string? Word { get; set; } = "yes";

        public Kinds Kind { get; set; }

        public bool IsLate { get; set; }

        public void Check(OptionErrors errors)
        {
            if (IsLate)
                errors.Refuse("Late", 1, $"so many {errors.Messages.Count} before");
        }
    }
}
