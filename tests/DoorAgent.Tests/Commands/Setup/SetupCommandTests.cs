using System.CommandLine;
using DoorAgent.Commands;
using DoorAgent.Diagnostics.Setup;
using DoorAgent.Settings;

namespace DoorAgent.Tests.Commands.Setup;

public sealed class SetupCommandTests
{
    private static readonly Command Setup = Root.Create().Subcommands.Single(verb => verb.Name == "setup");

    [Fact]
    public void EveryQuestionHasAnOptionAndASetting() => Assert.All(SetupParts.Questions, question =>
    {
        Assert.Contains(Setup.Options, option => option.Name == question.Option);
        Assert.NotNull(KnownKeys.Find(KnownKeys.All, question.IsList ? $"{question.Key}:0" : question.Key));
    });

    [Fact]
    public void ASwitchTakesNoValueAndEveryOtherOptionTakesOne()
    {
        Assert.Empty(Root.Create().Parse(["setup", "--relay-active-low", "--contact", "23", "--yes"]).Errors);
        Assert.NotEmpty(Root.Create().Parse(["setup", "--yes", "--relay"]).Errors);
    }
}
