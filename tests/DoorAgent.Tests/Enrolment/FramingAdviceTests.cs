using DoorAgent.Enrolment;
using DoorAgent.Faces;

namespace DoorAgent.Tests.Enrolment;

public sealed class FramingAdviceTests
{
    [Theory]
    [InlineData(260, 180, 120, 120, null)]
    [InlineData(10, 180, 120, 120, "move to your left, into the middle")]
    [InlineData(510, 180, 120, 120, "move to your right, into the middle")]
    [InlineData(290, 210, 60, 120, "come closer")]
    [InlineData(100, 20, 420, 120, "step back a little")]
    [InlineData(260, 0, 120, 120, "step back or bend down: your face is at the top of the picture")]
    [InlineData(260, 400, 120, 120, "stand up straight: your face is at the bottom of the picture")]
    [InlineData(260, 180, 120, 240, "it is too bright: step out of the sun, or away from the lamp")]
    public void AFaceAtTheEdgeOrInTheSunGetsAdvice(float x, float y, float width, float brightness, string? advice) =>
        Assert.Equal(advice, FramingAdvice.Of(new FaceBox(x, y, width, width), 640, 480, brightness));
}
