"""Calls tools of an MCP server by one of Python's libraries, and prints what a model would read.

Usage: call-tools.py mcp|fastmcp < {"server": {...}, "calls": [[tool, arguments], ...]}
"""

import asyncio
import json
import sys


async def by_mcp(server, calls):
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    async with stdio_client(StdioServerParameters(**server)) as (read, write):
        async with ClientSession(read, write) as session:
            await session.initialize()
            tools = (await session.list_tools()).tools
            answers = [await session.call_tool(name, given) for name, given in calls]
    return tools, answers


async def by_fastmcp(server, calls):
    from fastmcp import Client
    from fastmcp.client.transports import StdioTransport

    async with Client(StdioTransport(**server)) as client:
        tools = await client.list_tools()
        answers = [
            await client.call_tool(name, given, raise_on_error=False) for name, given in calls
        ]
    return tools, answers


def plain(answer):
    text = "\n".join(part.text for part in answer.content if part.type == "text")
    return {"isError": bool(answer.is_error), "text": text}


job = json.load(sys.stdin)
call = {"mcp": by_mcp, "fastmcp": by_fastmcp}[sys.argv[1]]
listed, answered = asyncio.run(call(job["server"], job["calls"]))
print(json.dumps({"tools": [tool.name for tool in listed], "answers": [plain(each) for each in answered]}))
