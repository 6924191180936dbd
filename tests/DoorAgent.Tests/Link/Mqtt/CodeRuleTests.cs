using System.Text;
using DoorAgent.Link.Mqtt;
using OtpNet;

namespace DoorAgent.Tests.Link.Mqtt;

public sealed class CodeRuleTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 1, 12, 0, 10, TimeSpan.Zero);

    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    private readonly CodeRule _rule = new(Secret, Now.AddYears(-1));

    private CodeState State { get => field ?? _rule.Initial; set; }

    /// <summary>RFC 6238, appendix B, with the last six digits of each value.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void CodesAreThoseOfTheStandard(long seconds, string code)
    {
        CodeRule rule = new(Secret, DateTimeOffset.UnixEpoch);

        Assert.Equal(CodeAnswer.Right, rule.Judge(rule.Initial, code, DateTimeOffset.FromUnixTimeSeconds(seconds)).Answer);
    }

    [Theory]
    [InlineData(-61, nameof(CodeAnswer.Wrong))]
    [InlineData(-30, nameof(CodeAnswer.Right))]
    [InlineData(0, nameof(CodeAnswer.Right))]
    [InlineData(30, nameof(CodeAnswer.Right))]
    [InlineData(61, nameof(CodeAnswer.Wrong))]
    public void ACodeCountsInItsStepAndTheOnesBesideIt(int secondsOff, string answer) =>
        Assert.Equal(answer, Judge(CodeAt(Now.AddSeconds(secondsOff))).ToString());

    [Fact]
    public void ACodeCountsOnce()
    {
        string code = CodeAt(Now);

        Assert.Equal(CodeAnswer.Right, Judge(code));
        Assert.Equal(CodeAnswer.Used, Judge(code));
        Assert.Equal(CodeAnswer.Used, Judge(CodeAt(Now.AddSeconds(-30))));
        Assert.Equal(CodeAnswer.Right, Judge(CodeAt(Now.AddSeconds(30))));
    }

    [Fact]
    public void FiveWrongCodesCloseForFifteenMinutesEvenForTheRightOne()
    {
        for (int i = 0; i < CodeRule.MostWrong - 1; i++)
            Assert.Equal(CodeAnswer.Wrong, Judge(WrongAt(Now)));
        Assert.Equal(CodeAnswer.WrongAndClosed, Judge(WrongAt(Now)));

        Assert.Equal(CodeAnswer.Closed, Judge(CodeAt(Now)));
        DateTimeOffset nearlyOver = Now + CodeRule.Pause - TimeSpan.FromSeconds(1);
        Assert.Equal(CodeAnswer.Closed, Judge(CodeAt(nearlyOver), nearlyOver));
        Assert.Equal(CodeAnswer.Right, Judge(CodeAt(Now + CodeRule.Pause), Now + CodeRule.Pause));
    }

    [Fact]
    public void ARightCodeForgivesTheWrongOnesBefore()
    {
        for (int i = 0; i < CodeRule.MostWrong - 1; i++)
            Judge(WrongAt(Now));
        Assert.Equal(CodeAnswer.Right, Judge(CodeAt(Now)));

        Assert.Equal(CodeAnswer.Wrong, Judge(WrongAt(Now)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12 456")]
    [InlineData("١٢٣٤٥٦")]
    public void WhatIsNotACodeIsNoGuess(string text)
    {
        Assert.Equal(CodeAnswer.NotACode, Judge(text));
        Assert.Equal(_rule.Initial, State);
    }

    [Fact]
    public void BeforeTheClockIsSetNoCodeCounts()
    {
        DateTimeOffset early = Now.AddYears(-2);

        Assert.Equal(CodeAnswer.ClockNotSet, Judge(CodeAt(early), early));
    }

    [Fact]
    public void AnotherSecretBeginsAgain()
    {
        State = _rule.Initial with { Secret = "another", LastStep = long.MaxValue, ClosedUntil = Now.AddDays(1) };

        Assert.Equal(CodeAnswer.Right, Judge(CodeAt(Now)));
    }

    private CodeAnswer Judge(string code, DateTimeOffset? now = null)
    {
        (State, CodeAnswer answer) = _rule.Judge(State, code, now ?? Now);
        return answer;
    }

    private static string CodeAt(DateTimeOffset time) => new Totp(Secret).ComputeTotp(time.UtcDateTime);

    /// <summary>A code of none of the steps that count.</summary>
    private static string WrongAt(DateTimeOffset time) => Enumerable.Range(0, 4).Select(i => $"00000{i}")
        .First(code => !Enumerable.Range(-1, 3).Any(step => CodeAt(time.AddSeconds(30 * step)) == code));
}
