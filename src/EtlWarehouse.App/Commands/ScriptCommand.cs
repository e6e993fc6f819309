using System.CommandLine;

namespace EtlWarehouse.App.Commands;

/// <summary>A command that the script <c>etl</c> does without the program; it stands here for the help.</summary>
internal static class ScriptCommand
{
    public static Command Create(string name, string description)
    {
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((Action<ParseResult>)(_ => throw new InvalidOperationException($"{name}: started without the script; run ./etl {name}")));
        return command;
    }
}
