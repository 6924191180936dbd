using DoorAgent.Operating;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Operating;

public sealed class PageSessionsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PageSessions _sessions;

    public PageSessionsTests() => _sessions = new PageSessions(_time);

    [Fact]
    public void ATokenHas256BitsAndOnlyItsOwnSessionIsFound()
    {
        string one = _sessions.Begin(PageRole.View).Token!, other = _sessions.Begin(PageRole.Technician).Token!;
        Assert.Matches("^[0-9a-f]{64}$", one);
        Assert.NotEqual(one, other);
        Assert.Equal(PageRole.View, _sessions.Find(one, true)!.Role);
        Assert.Equal(PageRole.Technician, _sessions.Find(other, true)!.Role);
        Assert.Null(_sessions.Find(one, true)!.Token);
        Assert.Null(_sessions.Find(one[..63], true));
        Assert.Null(_sessions.Find(one.ToUpperInvariant(), true));
        Assert.Null(_sessions.Find("", true));
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public void ASessionEndsAfterThirtyMinutesWithoutActivity(int minutes, bool lives)
    {
        string token = _sessions.Begin(PageRole.View).Token!;
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.NotNull(_sessions.Find(token, isActivity: true));
        _time.Advance(TimeSpan.FromMinutes(minutes - 1));
        Assert.NotNull(_sessions.Find(token, isActivity: false));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(lives, _sessions.Find(token, isActivity: false) is not null);
    }

    [Fact]
    public void ASessionThatIsUsedAllTheTimeEndsAfterEightHours()
    {
        string token = _sessions.Begin(PageRole.Technician).Token!;
        for (int minutes = 20; minutes < 480; minutes += 20)
        {
            _time.Advance(TimeSpan.FromMinutes(20));
            Assert.NotNull(_sessions.Find(token, isActivity: true));
        }

        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Null(_sessions.Find(token, isActivity: true));
    }

    [Fact]
    public void ASessionThatWasEndedIsOver()
    {
        string token = _sessions.Begin(PageRole.View).Token!;
        Assert.True(_sessions.End(token));
        Assert.Null(_sessions.Find(token, true));
        Assert.False(_sessions.End(token));
    }

    [Fact]
    public void TooManySessionsEndTheOneThatWasIdleLongest()
    {
        List<string> tokens = [];
        for (int i = 0; i < PageSessions.Most; i++)
        {
            tokens.Add(_sessions.Begin(PageRole.View).Token!);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.NotNull(_sessions.Find(tokens[0], isActivity: true));
        _sessions.Begin(PageRole.View);
        Assert.NotNull(_sessions.Find(tokens[0], false));
        Assert.Null(_sessions.Find(tokens[1], false));
    }
}
