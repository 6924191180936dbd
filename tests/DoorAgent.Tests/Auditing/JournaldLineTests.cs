using DoorAgent.Auditing;
using Serilog.Events;
using Serilog.Parsing;

namespace DoorAgent.Tests.Auditing;

public sealed class JournaldLineTests
{
    [Theory]
    [InlineData(LogEventLevel.Fatal, "<2>")]
    [InlineData(LogEventLevel.Error, "<3>")]
    [InlineData(LogEventLevel.Warning, "<4>")]
    [InlineData(LogEventLevel.Information, "<6>")]
    [InlineData(LogEventLevel.Debug, "<7>")]
    public void ALineBeginsWithItsPriorityAndHasNoTime(LogEventLevel level, string priority) =>
        Assert.Equal($"{priority}Relay on for 5 s\n", Format(level, null));

    [Fact]
    public void EveryLineOfATraceCarriesThePriority() => Assert.All(
        Format(LogEventLevel.Error, new InvalidOperationException("one\ntwo")).TrimEnd('\n').Split('\n'),
        line => Assert.StartsWith("<3>", line, StringComparison.Ordinal));

    private static string Format(LogEventLevel level, Exception? exception)
    {
        StringWriter output = new();
        LogEventProperty[] properties = [new("Time", new ScalarValue("5 s"))];
        new JournaldLine().Format(new LogEvent(DateTimeOffset.UnixEpoch, level, exception, new MessageTemplateParser()
            .Parse("Relay on for {Time}"), properties), output);
        return output.ToString();
    }
}
