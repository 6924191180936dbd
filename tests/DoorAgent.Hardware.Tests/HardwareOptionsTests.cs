using DoorAgent.Hardware.Badges;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Hardware.Tests;

public sealed class HardwareOptionsTests
{
    [Fact]
    public void ASimulatedDoorWithAContactIsValid()
    {
        HardwareOptions options = Right();
        Assert.Empty(Errors(options));
        Assert.Equal(23, options.ContactLine);
    }

    [Fact]
    public void ARealDoorIsValid()
    {
        HardwareOptions options = Right();
        options.Kind = "gpio";
        Assert.Empty(Errors(options));
    }

    [Fact]
    public void APinUsedTwiceIsRefusedWithBothUses()
    {
        HardwareOptions options = Right();
        options.Exit = options.D1;
        Assert.Equal("Hardware:Exit is 18; allowed: a separate line; D1 and Exit share it.", Assert.Single(Errors(options)));
    }

    [Fact]
    public void APinOfTheContactUsedTwiceIsRefused()
    {
        HardwareOptions options = Right();
        options.Contact = "22";
        Assert.Contains("Relay and Contact", Assert.Single(Errors(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void OneLightBesideTheCameraIsRefusedAndTwoAreLines()
    {
        HardwareOptions options = Right();
        options.LeftLight = 8;
        Assert.Equal(
            "Hardware:RightLight is not set; allowed: a line where LeftLight has one, else none: one light cannot show two directions.",
            Assert.Single(Errors(options)));
        options.RightLight = 8;
        Assert.Contains("LeftLight and RightLight share it", Assert.Single(Errors(options)), StringComparison.Ordinal);
        options.RightLight = 9;
        Assert.Empty(Errors(options));
        Assert.Contains((nameof(options.RightLight), 9), options.LinesInUse());
        options.LeftLight = null;
        Assert.Contains("Hardware:RightLight is 9", Assert.Single(Errors(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void AnExitReaderHasTwoLinesOfItsOwn()
    {
        HardwareOptions options = Right();
        options.ExitD0 = 17;
        Assert.Contains("Hardware:ExitD1 is not set", Errors(options)[0], StringComparison.Ordinal);
        options.ExitD1 = 13;
        Assert.Contains("D0 and ExitD0 share it", Assert.Single(Errors(options)), StringComparison.Ordinal);
        options.ExitD0 = 12;
        Assert.Empty(Errors(options));
        Assert.Equal(new ReaderWires(12, 13, "ExitD0", "ExitD1"), ReaderWires.Of(options, ReaderSide.Exit));
        Assert.Equal(new ReaderWires(17, 18, "D0", "D1"), ReaderWires.Of(options, ReaderSide.Entry));
    }

    [Theory]
    [InlineData(null, "not set")]
    [InlineData("Simulated", "no default")]
    public void AnotherKindThanRealAndSimulatedIsRefused(string? kind, string words)
    {
        HardwareOptions options = Right();
        options.Kind = kind;
        Assert.Contains(words, Assert.Single(Errors(options)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("door")]
    [InlineData("None")]
    public void AContactThatIsNeitherALineNorNoneIsRefused(string? contact)
    {
        HardwareOptions options = Right();
        options.Contact = contact;
        Assert.Contains("'none'", Assert.Single(Errors(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void NoContactIsExplicit()
    {
        HardwareOptions options = Right();
        options.Contact = "none";
        Assert.Empty(Errors(options));
        Assert.Null(options.ContactLine);
    }

    [Fact]
    public void ALineOutsideAnyChipIsRefused()
    {
        HardwareOptions options = Right();
        options.Kind = "gpio";
        options.Relay = 1024;
        Assert.Equal("Hardware:Relay is 1024; allowed: 0 to 1023.", Assert.Single(Errors(options)));
    }

    [Fact]
    public void ALineThatSimulatedHardwareDoesNotHaveIsRefused()
    {
        HardwareOptions options = Right();
        (options.Contact, options.Exit) = ("31", 32);
        Assert.Equal("Hardware:Exit is 32; allowed: 0 to 31.", Assert.Single(Errors(options)));
    }

    private static HardwareOptions Right() => new() { Kind = "simulated", Contact = "23" };

    private static IReadOnlyList<string> Errors(HardwareOptions options) => OptionErrors.Of(options);
}
