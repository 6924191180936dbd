using DoorAgent.Liveness;
using DoorAgent.Simulation.Drawing;

namespace DoorAgent.Tests.Simulation.Drawing;

public sealed class TurnMotionTests
{
    [Theory]
    [InlineData(TurnDirection.Left, 1)]
    [InlineData(TurnDirection.Right, -1)]
    internal void TheHeadTurnsAfterAMomentHoldsAndComesBack(TurnDirection direction, int sign)
    {
        TurnMotion motion = new(direction, AskedAt: 5);
        Assert.Equal(0, motion.At(5));
        Assert.Equal(0, motion.At(5.6));
        Assert.InRange(sign * motion.At(5.85), 0.4 * TurnMotion.Most, 0.6 * TurnMotion.Most);
        Assert.Equal(sign * TurnMotion.Most, motion.At(6.1), 1e-5);
        Assert.Equal(sign * TurnMotion.Most, motion.At(6.9), 1e-5);
        Assert.InRange(sign * motion.At(7.15), 0.4 * TurnMotion.Most, 0.6 * TurnMotion.Most);
        Assert.Equal(0, motion.At(5 + TurnMotion.Duration), 1e-5);
        Assert.Equal(0, motion.At(60));
    }

    [Fact]
    public void TheAnswerTakesLessTimeThanTheDoorGives() =>
        Assert.True(TurnMotion.Duration < DoorAgent.Liveness.HeadTurn.Within.TotalSeconds);
}
