using DoorAgent.Operating;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Operating;

public sealed class PagePairingTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PagePairing _pairing;

    public PagePairingTests() => _pairing = new PagePairing(_time);

    [Fact]
    public void ACodeHasEightDigitsIsUsedOnceAndSpacesDoNotCount()
    {
        PairingCode code = _pairing.New(PageRole.Enrol);
        Assert.Matches("^[0-9]{8}$", code.Code);
        Assert.Equal(PageRole.Enrol, _pairing.Use($" {code.Code[..4]}-{code.Code[4..]} ").Role);
        Assert.Equal(PageProblem.NoCode, _pairing.Use(code.Code).Problem);
    }

    [Theory]
    [InlineData(299, true)]
    [InlineData(300, false)]
    [InlineData(100_000, false)]
    public void ACodeLivesForFiveMinutes(int seconds, bool isValid)
    {
        PairingCode code = _pairing.New(PageRole.View);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(isValid, _pairing.Use(code.Code).Role is not null);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(1000, false)]
    public void FiveWrongTriesCloseACode(int wrong, bool isValid)
    {
        PairingCode code = _pairing.New(PageRole.Technician);
        for (int i = 0; i < wrong; i++)
            Assert.Null(_pairing.Use(WrongOf(code, i)).Role);
        Assert.Equal(isValid, _pairing.Use(code.Code).Role is not null);
    }

    [Fact]
    public void OneTryAloneHearsThatItClosedTheCode()
    {
        PairingCode code = _pairing.New(PageRole.Technician);
        Assert.Equal([.. Enumerable.Repeat(PageProblem.WrongCode, 4), PageProblem.ClosedCode, PageProblem.NoCode, PageProblem.NoCode],
            Enumerable.Range(0, 7).Select(i => _pairing.Use(WrongOf(code, i)).Problem!.Value));
    }

    [Fact]
    public void ANewCodeReplacesTheEarlierOneAndHasFiveTriesOfItsOwn()
    {
        PairingCode first = _pairing.New(PageRole.Technician);
        for (int i = 0; i < 5; i++)
            _pairing.Use(WrongOf(first, i));
        PairingCode second = _pairing.New(PageRole.View);
        Assert.Null(_pairing.Use(first.Code == second.Code ? WrongOf(second, 0) : first.Code).Role);
        Assert.Equal(PageRole.View, _pairing.Use(second.Code).Role);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("123456789")]
    [InlineData("１２３４５６７８")]
    [InlineData("12345678\0")]
    public void AnotherTextIsNeverTheCode(string typed)
    {
        _pairing.New(PageRole.Technician);
        Assert.Null(_pairing.Use(typed).Role);
    }

    private static string WrongOf(PairingCode code, int i) => $"{(long.Parse(code.Code, System.Globalization.CultureInfo.InvariantCulture) + 1 + i) % 100_000_000:D8}";
}
